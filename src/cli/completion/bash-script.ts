/** Asks nodectl at each TAB. It needs bash 4 and no other package. */
export const BASH_SCRIPT = `# bash completion of nodectl, printed by: nodectl completion bash

_nodectl() {
  local program=\${COMP_WORDS[0]} answer
  COMPREPLY=()
  if [[ $program == '~/'* ]]; then program=$HOME/\${program:2}; fi
  # An alias is no program.
  type -P -- "$program" >/dev/null || program=nodectl
  answer=$("$program" __complete bash -- "$COMP_WORDBREAKS" "\${COMP_LINE:0:COMP_POINT}" 2>/dev/null </dev/null) || return 0
  if [[ $answer == files* ]]; then
    compopt -o default
  elif [[ $answer == *$'\\n'* ]]; then
    mapfile -t COMPREPLY <<<"\${answer#*$'\\n'}"
    if [[ \${#COMPREPLY[@]} == 1 && \${COMPREPLY[0]} == *= ]]; then compopt -o nospace; fi
  fi
  return 0
} 2>/dev/null

complete -o nosort -F _nodectl nodectl 2>/dev/null || complete -F _nodectl nodectl
`;
