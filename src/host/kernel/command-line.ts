/** What /proc/cmdline says of a parameter, the last time it stands there: its value, '' for one without; undefined when it is absent. */
export function kernelParameter(commandLine: string, name: string): string | undefined {
  const word = commandLine
    .trim()
    .split(/\s+/)
    .findLast((each) => each === name || each.startsWith(`${name}=`));
  return word?.slice(name.length + 1);
}

/** Whether a parameter that takes a list (`cgroup_disable=memory,pids`) names a value, in any of its mentions. */
export function kernelParameterHas(commandLine: string, name: string, value: string): boolean {
  return commandLine
    .trim()
    .split(/\s+/)
    .some(
      (each) =>
        each.startsWith(`${name}=`) &&
        each
          .slice(name.length + 1)
          .split(',')
          .includes(value),
    );
}
