/** Asks nodectl at each TAB. Where nothing of it is a path, fish is kept from offering files. */
export const FISH_SCRIPT = `# fish completion of nodectl, printed by: nodectl completion fish

# Asks once and keeps the answer; false where fish shall offer files.
function __nodectl_ask
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    set -l program $words[1]
    set -e words[1]
    if string match -q -- '~/*' $program
        set program $HOME/(string sub -s 3 -- $program)
    end
    command -q -- $program; or set program nodectl
    set -g __nodectl_answer
    set -l lines (command $program __complete fish -- $words "$typed" 2>/dev/null </dev/null)
    string match -q -- 'files*' $lines[1]; and return 1
    set -e lines[1]
    set -g __nodectl_answer $lines
    return 0
end

complete -c nodectl -e
complete -k -c nodectl -n __nodectl_ask -f -a '$__nodectl_answer'
`;
