/** What one line of a kill for want of memory says. */
export type OomLine =
  | { readonly part: 'invoked' }
  /** Kernels from 5.0 on; cut where another processor wrote in between. */
  | { readonly part: 'summary'; readonly summary: OomSummary | undefined }
  /** Kernels before 5.0, of a group's limit alone; cut likewise. */
  | { readonly part: 'task-in'; readonly victimCgroup: string; readonly limitCgroup: string }
  | { readonly part: 'cut-task-in' }
  /** Before 5.3: whom it chose, before it took perhaps a child of that. */
  | { readonly part: 'chosen'; readonly scope: 'host' | 'limit' }
  | { readonly part: 'group' }
  | { readonly part: 'memory' | 'memory+swap' | 'swap'; readonly limitBytes: number }
  | {
      readonly part: 'killed';
      /** Undefined where an old kernel says it in the line before. */
      readonly scope: 'host' | 'limit' | undefined;
      readonly pid: number;
      readonly process: string;
      readonly anonBytes: number;
    };

/** Who is killed, and whose limit was met: null for the host's own memory. */
export interface OomSummary {
  readonly limitCgroup: string | null;
  readonly victimCgroup: string;
  readonly process: string;
  readonly pid: number;
}

/** The lists of nodes and processors may hold commas, and so may the name of a process, which it chooses itself: hence the anchors. */
const SUMMARY =
  /^oom-kill:constraint=\w+,nodemask=.{0,4096}?,cpuset=[^,]*,mems_allowed=[^a-z]*,(?:(global_oom)|oom_memcg=([^,]*)),task_memcg=([^,]*),task=(.*),pid=(\d{1,10}),uid=\d{1,10}$/s;
const INVOKED = /^.{1,64}? invoked oom-killer: gfp_mask=/s;
const TASK_IN = /^Task in (\/\S*) killed as a result of limit of (\/\S*)\s*$/;
const CHOSEN = /^(Memory cgroup out of memory|Out of memory)[^:]{0,40}: Kill process \d{1,10} \(.*\) score \d+ or sacrifice child$/s;
const KILLED =
  /^(?:(Memory cgroup out of memory|Out of memory)[^:]{0,40}: )?Killed process (\d{1,10}) \((.*)\),?(?: UID \d+,)? total-vm:\d+kB, anon-rss:(\d{1,15})kB/s;
const LIMIT = /^(memory|memory\+swap|swap): usage \d+kB, limit (\d{1,16})kB, failcnt \d+$/;
const GROUP = /^Tasks in \/\S* are going to be killed due to memory\.oom\.group set$/;

/** The largest that a counter of pages can hold, in kB: no limit. */
const UNLIMITED_KB = 2 ** 50;

/** Undefined for a line that is about something else. */
export function oomLine(text: string): OomLine | undefined {
  if (text.startsWith('oom-kill:')) return { part: 'summary', summary: oomSummary(text) };
  if (text.includes(' invoked oom-killer: ') && INVOKED.test(text)) return { part: 'invoked' };
  if (text.startsWith('Task in')) {
    const [, victimCgroup, limitCgroup] = TASK_IN.exec(text) ?? [];
    if (victimCgroup === undefined || limitCgroup === undefined) return { part: 'cut-task-in' };
    return { part: 'task-in', victimCgroup, limitCgroup };
  }
  if (!text.includes('ill')) return limitLine(text);
  const chosen = CHOSEN.exec(text);
  if (chosen !== null) return { part: 'chosen', scope: scopeOf(chosen[1]) ?? 'host' };
  const [killed, prefix, pid, process = '', anon] = KILLED.exec(text) ?? [];
  if (killed !== undefined) return { part: 'killed', scope: scopeOf(prefix), pid: Number(pid), process, anonBytes: Number(anon) * 1024 };
  return GROUP.test(text) ? { part: 'group' } : undefined;
}

function limitLine(text: string): OomLine | undefined {
  const [, part, kilobytes] = LIMIT.exec(text) ?? [];
  if (part === undefined) return undefined;
  const limit = Number(kilobytes);
  return { part: part as 'memory' | 'memory+swap' | 'swap', limitBytes: limit >= UNLIMITED_KB ? Number.POSITIVE_INFINITY : limit * 1024 };
}

function oomSummary(text: string): OomSummary | undefined {
  const [whole, host, limit, victimCgroup = '', process = '', pid] = SUMMARY.exec(text) ?? [];
  if (whole === undefined) return undefined;
  return { limitCgroup: host === undefined ? (limit ?? null) : null, victimCgroup, process, pid: Number(pid) };
}

function scopeOf(prefix: string | undefined): 'host' | 'limit' | undefined {
  return prefix === undefined ? undefined : prefix.startsWith('Memory cgroup') ? 'limit' : 'host';
}

/** The most that a piece of a cut line begins with: a comma, a path, a container's name, or the rest of an old sentence. */
const PIECE = /^(?:,|\/|\s*killed as a result of|global_oom|[\w.-]{0,40}[0-9a-f]{64}|[^,\s]{1,255},mems_allowed=)/;

/** Whether a line may be the rest of one that another processor cut. */
export function isPiece(text: string): boolean {
  return PIECE.test(text);
}
