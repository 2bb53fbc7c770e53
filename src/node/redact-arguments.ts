/** Flags of geth whose value is, or holds, a secret itself and not the path of one. */
const SECRET = /^--?(nodekeyhex|ethstats|metrics\.influxdb\.(password|token))$/i;

/** A node's arguments for showing: the values that hold secrets are `***`. */
export function redactArguments(args: readonly string[]): readonly string[] {
  return args.map((word, index) => {
    const [flag = '', ...value] = word.split('=');
    if (value.length > 0) return SECRET.test(flag) ? `${flag}=***` : word;
    return SECRET.test(args[index - 1] ?? '') ? '***' : word;
  });
}
