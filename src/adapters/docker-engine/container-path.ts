/** The path of a container in the API, with what follows it. */
export function containerPath(container: string, action?: string): string {
  return `/containers/${encodeURIComponent(container)}${action === undefined ? '' : `/${action}`}`;
}
