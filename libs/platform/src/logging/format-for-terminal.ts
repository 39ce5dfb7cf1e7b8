const colours: Readonly<Record<number, string>> = { 10: '90', 20: '90', 30: '36', 40: '33', 50: '31', 60: '41' };
const names: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};

/** One of pino's JSON lines as a person wants to read it: time, level, message, then whatever else it carries. */
export function formatForTerminal(line: string): string {
  const { time, level, msg, err, ...rest } = JSON.parse(line) as Record<string, unknown> & { level: number };
  const clock = String(time).slice(11, 23);
  const label = `\x1b[${colours[level] ?? '0'}m${(names[level] ?? String(level)).padEnd(5)}\x1b[0m`;
  const fields = Object.entries(rest).map(([name, value]) => ` \x1b[90m${name}=${show(value)}\x1b[0m`);
  const stack = isErrorRecord(err) ? `\n${err.stack}` : '';
  return `\x1b[90m${clock}\x1b[0m ${label} ${String(msg ?? '')}${fields.join('')}${stack}\n`;
}

function show(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isErrorRecord(value: unknown): value is { stack: string } {
  return typeof value === 'object' && value !== null && 'stack' in value;
}
