/** Something that happened to a container, as the engine told it. */
export interface EngineEvent {
  /** Instant by the engine's clock, ms. */
  readonly time: number;
  /** The engine's word: create, start, oom, kill, die, stop, pause, unpause, update, rename, destroy, exec_die … */
  readonly action: string;
  readonly containerId: string;
  readonly containerName: string;
  /** Nodectl's own labels of the container. */
  readonly labels: Readonly<Record<string, string>>;
  /** Of `die`, and of `exec_die` for a program inside. */
  readonly exitCode?: number | undefined;
  /** The number of the signal that `kill` sent. */
  readonly signal?: number | undefined;
  /** All other attributes in the engine's words; those of the image and foreign labels are among them. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface EventQuery {
  /** Instant, ms: also what happened from then on, as far back as the engine remembers (its last 256 events). Left out, from now. */
  readonly since?: number | undefined;
  /** Instant, ms, at which the events end; left out, they go on. */
  readonly until?: number | undefined;
  /** Name or id of one container, ours or not; left out, every container that carries the label `nodectl.node`. */
  readonly container?: string | undefined;
  /** Without `container`: of every container, whoever made it. */
  readonly anyone?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}
