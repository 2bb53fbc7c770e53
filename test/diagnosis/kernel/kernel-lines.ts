import type { KernelEntry } from '../../../src/ports/kernel-log.ts';

/** Ids of containers of the recorded kills. */
export const ID = '5925215f535f7112d15163737afa0238b25950b5973ccca5691fd45ac7696d45';
export const OTHER_ID = '550ea6d907a08f596a4f860996d83bd9883e4d6dec11ad32035e0db343aa67ba';
export const HOST_VICTIM_ID = '79a29cadcd2bb68acd1a7b6b6456ed7a59f8f28490640248ee9b6d46da2e153f';
export const GROUP_ID = '1764bf61ed4ed8c890e98a018b330d344cce60539dc9057a58fb39a8e1fdbd11';

/** Linux 6.18, cgroup v1, a limit of 16 MiB without swap; among the lines of a block what is of no use. */
export const OWN_LIMIT_V1 = [
  'hog invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0',
  'CPU: 1 UID: 0 PID: 10843 Comm: hog Not tainted 6.18.44-fc-v595 #1 PREEMPT(none) ',
  'Call Trace:',
  ' <TASK>',
  ' dump_stack_lvl+0x57/0x80',
  ' out_of_memory+0x214/0x500',
  ' </TASK>',
  'memory: usage 16384kB, limit 16384kB, failcnt 0',
  'memory+swap: usage 16384kB, limit 16384kB, failcnt 0',
  'kmem: usage 292kB, limit 9007199254740988kB, failcnt 0',
  `Memory cgroup stats for /docker/${ID}:`,
  'rss 16478208',
  'hierarchical_memory_limit 16777216',
  'Tasks state (memory values in pages):',
  '[  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj name',
  '[  10843]     0 10843     4362     4152     4000      152         0    69632        0             0 hog',
  `oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=${ID},mems_allowed=0,oom_memcg=/docker/${ID},task_memcg=/docker/${ID},task=hog,pid=10843,uid=0`,
  'Memory cgroup out of memory: Killed process 10843 (hog) total-vm:17448kB, anon-rss:16000kB, file-rss:608kB, shmem-rss:0kB, UID:0 pgtables:68kB oom_score_adj:0',
];

/** Linux 6.1, cgroup v2, systemd: the slice's limit of 64 MiB; a sibling asked for memory. */
export const PARENT_LIMIT_V2 = [
  'hog invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0',
  'memory: usage 65536kB, limit 65536kB, failcnt 111',
  'swap: usage 0kB, limit 0kB, failcnt 0',
  `oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=docker-1d4cf2e07819c0a65baa527caaced611db1e502552b1481ed2030f18518ebc5d.scope,mems_allowed=0,oom_memcg=/h3.slice,task_memcg=/h3.slice/docker-${OTHER_ID}.scope,task=hog,pid=1863,uid=0`,
  'Memory cgroup out of memory: Killed process 1863 (hog) total-vm:42984kB, anon-rss:40864kB, file-rss:628kB, shmem-rss:0kB, UID:0 pgtables:120kB oom_score_adj:1000',
];

/** Linux 6.1: the machine has none left, and systemd was the one to ask. */
export const HOST_WIDE = [
  'systemd invoked oom-killer: gfp_mask=0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), order=0, oom_score_adj=0',
  `oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=init.scope,mems_allowed=0,global_oom,task_memcg=/system.slice/docker-${HOST_VICTIM_ID}.scope,task=hog,pid=2032,uid=0`,
  'Out of memory: Killed process 2032 (hog) total-vm:794600kB, anon-rss:791480kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:1592kB oom_score_adj:0',
];

/** Linux 6.1 with memory.oom.group: all of the container die, and the first is told twice. */
export const GROUP = [
  'hog invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0',
  'memory: usage 65536kB, limit 65536kB, failcnt 554',
  'swap: usage 0kB, limit 65536kB, failcnt 0',
  `oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=docker-${GROUP_ID}.scope,mems_allowed=0,oom_memcg=/system.slice/docker-${GROUP_ID}.scope,task_memcg=/system.slice/docker-${GROUP_ID}.scope,task=hog,pid=2336,uid=0`,
  'Memory cgroup out of memory: Killed process 2336 (hog) total-vm:67560kB, anon-rss:64860kB, file-rss:532kB, shmem-rss:0kB, UID:0 pgtables:164kB oom_score_adj:0',
  `Tasks in /system.slice/docker-${GROUP_ID}.scope are going to be killed due to memory.oom.group set`,
  'Memory cgroup out of memory: Killed process 2306 (sh) total-vm:2260kB, anon-rss:64kB, file-rss:4kB, shmem-rss:0kB, UID:0 pgtables:28kB oom_score_adj:0',
  'Memory cgroup out of memory: Killed process 2336 (hog) total-vm:67560kB, anon-rss:64860kB, file-rss:532kB, shmem-rss:0kB, UID:0 pgtables:164kB oom_score_adj:0',
];

/** As Linux 4.15 writes it (mm/oom_kill.c and mm/memcontrol.c of that version): not recorded, since no such kernel is at hand. */
export const OWN_LIMIT_4_15 = [
  'geth invoked oom-killer: gfp_mask=0x14000c0(GFP_KERNEL), nodemask=(null), order=0, oom_score_adj=0',
  `geth cpuset=${ID} mems_allowed=0`,
  `Task in /docker/${ID} killed as a result of limit of /docker/${ID}`,
  'memory: usage 2097152kB, limit 2097152kB, failcnt 4711',
  'memory+swap: usage 2097152kB, limit 4194304kB, failcnt 0',
  'kmem: usage 9512kB, limit 9007199254740988kB, failcnt 0',
  `Memory cgroup stats for /docker/${ID}: cache:120KB rss:2087520KB`,
  '[ pid ]   uid  tgid total_vm      rss nr_ptes nr_pmds swapents oom_score_adj name',
  '[ 1234]     0  1234   812345   522222    1024       8        0             0 geth',
  'Memory cgroup out of memory: Kill process 1234 (geth) score 998 or sacrifice child',
  'Killed process 1234 (geth) total-vm:3249380kB, anon-rss:2086400kB, file-rss:2488kB, shmem-rss:0kB',
];

/** Likewise; before 5.0 nothing names the cgroup where the machine has no memory. */
export const HOST_WIDE_4_15 = [
  'geth invoked oom-killer: gfp_mask=0x14200ca(GFP_HIGHUSER_MOVABLE), nodemask=(null), order=0, oom_score_adj=0',
  'Out of memory: Kill process 1234 (geth) score 700 or sacrifice child',
  'Killed process 1240 (geth) total-vm:3249380kB, anon-rss:1986400kB, file-rss:2488kB, shmem-rss:0kB',
];

/** Lines of the kernel, a millisecond apart. */
export function kernelEntries(lines: readonly string[], at = 1_000_000): readonly KernelEntry[] {
  return lines.map((text, line) => ({ at: at + line, writer: 'kernel', text }));
}
