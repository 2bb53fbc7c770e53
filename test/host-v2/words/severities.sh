# says NAME ID SEVERITY: the finding of that document.
says() {
  local found
  found=$(field "$1" ".findings[] | select(.id == \"$2\") | \"\(.severity): \(.meaning) \(.read)\"")
  [[ $found == "$3":* ]] || { echo "$2 is not $3 but: $found"; return 1; }
}
tally() { note "$(field "$1" '[.findings | group_by(.severity)[] | "\(.[0].severity): \([.[].id] | join(" "))"] | join("; ")')"; }
