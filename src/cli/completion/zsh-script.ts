/** Asks nodectl at each TAB. It works from a folder of $fpath and with `source` after compinit. */
export const ZSH_SCRIPT = `#compdef nodectl
# zsh completion of nodectl, printed by: nodectl completion zsh

_nodectl() {
  local program=\${(Q)words[1]} answer line
  local -a lines closed open
  local -i ret=1
  [[ $program == '~/'* ]] && program=$HOME/\${program#'~/'}
  whence -p -- "$program" >/dev/null || program=nodectl
  answer=$("$program" __complete zsh -- "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null </dev/null) || return 1
  lines=("\${(@f)answer}")
  [[ -n \${lines[1]#* } ]] && compset -P "\${lines[1]#* }"
  if [[ $lines[1] == files* ]]; then
    _files
    return
  fi
  for line in "\${(@)lines[2,-1]}"; do
    # More comes after a word that ends in =.
    if [[ \${line%%:*} == *= ]]; then open+=("$line"); else closed+=("$line"); fi
  done
  (( $#closed )) && _describe -V -t values value closed && ret=0
  (( $#open )) && _describe -V -t values value open -S '' && ret=0
  return ret
}

if [[ $funcstack[1] == _nodectl ]]; then
  _nodectl "$@"
else
  compdef _nodectl nodectl
fi
`;
