# A workload beside geth fills the node's memory limit; the kernel may only choose geth, as it would where geth itself had grown.

# presses MEGABYTES: a process in the node's cgroup writes so much and keeps it, until it is released or geth is gone:
# what stayed in the cgroup would be in the way of the next start.
presses() {
  local group pid
  group=$(group_of_node)
  pid=$(pid_of_node)
  rm -f "$work/pressed"
  (
    echo -1000 >/proc/self/oom_score_adj
    echo "$BASHPID" >"$group/cgroup.procs"
    exec perl -e '
      my ($megabytes, $geth, $done) = @ARGV;
      my @held;
      for (1 .. $megabytes) { exit unless kill 0, $geth; push @held, "x" x 1048576 }
      open my $file, ">", $done;
      close $file;
      sleep 1 while kill 0, $geth;
    ' "$1" "$pid" "$work/pressed"
  ) &
  presser=$!
}
released() { kill -9 "$presser" 2>/dev/null; wait "$presser" 2>/dev/null; true; }
kills() { sed -n 's/^oom_kill //p' /proc/vmstat; }
counter() { sed -n "s/^$2 //p" "$1/memory.events"; }
killed_since() { [ "$(kills)" -gt "$1" ]; }
restarted() { status "$1" 0 && shows "$1" '.container.restartCount >= 1'; }
# starves: a process outside every container writes until the kernel has killed for want of memory; it may not be chosen itself. It does
# not wait for geth to be gone: what was killed takes its time to go where there is no memory, and all others would be killed meanwhile.
# In large pieces: one that asks for little at a time leaves the kernel reading programs again from the disk for minutes.
starves() {
  (
    echo -1000 >/proc/self/oom_score_adj
    exec perl -e '
      sub kills { open my $file, "<", "/proc/vmstat" or exit 1; my ($line) = grep { /^oom_kill / } <$file>; return (split " ", $line)[1] }
      my ($before, $piece) = (kills(), 64 * 1048576);
      my @held;
      push @held, "x" x $piece while kills() == $before;
    '
  ) &
  presser=$!
}
