/**
 * X.Y.Z from what `geth version` printed; undefined when the words are not geth's. A build without release marks
 * (`1.17.8-unstable-…`) counts as its version.
 */
export function reportedVersion(output: string): string | undefined {
  if (!/^Geth\b/m.test(output)) return undefined;
  return /^Version: (\d+\.\d+\.\d+)\b/m.exec(output)?.[1];
}
