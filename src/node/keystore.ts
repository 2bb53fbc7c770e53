import { DATA_DIRECTORY } from './container-paths.ts';

/**
 * A folder of the throw-away container's own: geth 1.9 locks its data directory for every account command, and the volume's
 * may be in use by the running node. It is made by the file put into it.
 */
const SCRATCH = '/nodectl/scratch';
const PASSWORD = `${SCRATCH}/password`;
const PLACE = ['--datadir', SCRATCH, '--keystore', `${DATA_DIRECTORY}/keystore`];

/** A key of a node's volume; its file is encrypted with the password it was made with. */
export interface Account {
  /** 0x and 40 hexadecimal digits, lower case, as a genesis and `--etherbase` name it. */
  readonly address: string;
  /** Path inside the node's container. */
  readonly keyFile: string;
}

/** What `geth account` is run with: its words and the files it reads. */
interface AccountRun {
  readonly args: readonly string[];
  readonly files: readonly { readonly path: string; readonly content: string; readonly mode: number }[];
}

export function newAccountRun(password: string): AccountRun {
  return { args: ['account', 'new', ...PLACE, '--password', PASSWORD], files: [{ path: PASSWORD, content: `${password}\n`, mode: 0o400 }] };
}

export const ACCOUNT_LIST: AccountRun = {
  args: ['account', 'list', ...PLACE],
  files: [{ path: `${SCRATCH}/empty`, content: '', mode: 0o400 }],
};

/** The account that `geth account new` says it made (1.9.25 to 1.17.8 say it alike); undefined when it says none. */
export function readNewAccount(output: string): Account | undefined {
  const address = /^Public address of the key:\s*(0x[0-9a-f]{40})\s*$/im.exec(output)?.[1]?.toLowerCase();
  const keyFile = /^Path of the secret key file:\s*(\S+)\s*$/im.exec(output)?.[1];
  return address === undefined || keyFile === undefined ? undefined : { address, keyFile };
}

/** The accounts that `geth account list` lists, in its order. */
export function readAccounts(output: string): readonly Account[] {
  const rows = [...output.matchAll(/^Account #\d+: \{([0-9a-f]{40})\} keystore:\/\/(\S+)\s*$/gim)];
  return rows.map((row) => ({ address: `0x${(row[1] ?? '').toLowerCase()}`, keyFile: row[2] ?? '' }));
}
