import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '#platform';

interface Lock {
  packages: Record<string, { version?: string; license?: string; dev?: boolean }>;
}
interface Bom {
  readonly bomFormat: string;
  readonly components: readonly Component[];
}
interface Component {
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
}

const root = packageRoot();
const lockFile = join(root, 'package-lock.json');
const lock = JSON.parse(readFileSync(lockFile, 'utf8')) as Lock;

function licences(...args: string[]): { code: number | null; said: string } {
  const script = join(root, 'scripts/licences.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, '--check', ...args], { encoding: 'utf8' });
  return { code: status, said: stderr };
}

describe('what the service is made of', () => {
  const folder = mkdtempSync(join(tmpdir(), 'supply-chain-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** A lock file with one package more. */
  function withPackage(license: string | undefined, dev = false): string {
    const file = join(folder, 'package-lock.json');
    const planted = { version: '1.0.0', dev, ...(license !== undefined && { license }) };
    writeFileSync(file, JSON.stringify({ packages: { ...lock.packages, 'node_modules/planted': planted } }));
    return file;
  }

  it('has licences that are known, listed and may be used', () => {
    expect(licences()).toEqual({ code: 0, said: '' });
  });

  it.each(['GPL-3.0', 'AGPL-3.0-only', 'LGPL-2.1', 'SSPL-1.0', 'BUSL-1.1', 'MIT AND GPL-2.0', 'OFL-1.1', undefined])(
    'is not made of what is under %s',
    (license) => {
      const { code, said } = licences('--lock', withPackage(license));
      expect(code).toBe(1);
      expect(said).toContain(`planted has the licence ${license ?? 'unknown'}, which may not be used.`);
    },
  );

  it.each(['MIT', '(MIT OR GPL-3.0)', 'Apache-2.0 AND MIT'])('may be made of what is under %s', (license) => {
    expect(licences('--lock', withPackage(license)).said).not.toContain('planted has');
  });

  it('is listed whole in the bill of materials', () => {
    const args = ['run', '--silent', 'sbom'];
    const npm = process.env['npm_execpath'];
    const options = { cwd: root, encoding: 'utf8', maxBuffer: 64 * 2 ** 20 } as const;
    const { stdout } = npm?.endsWith('.js')
      ? spawnSync(process.execPath, [npm, ...args], options)
      : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
    const { bomFormat, components } = JSON.parse(stdout) as Bom;
    expect(bomFormat).toBe('CycloneDX');
    const isTool = ({ properties = [] }: Component): boolean =>
      properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true');
    const used = components.filter((component) => !isTool(component));
    const listed = new Set(used.map(({ name, version }) => `${name}@${version}`));
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const wanted = Object.entries(manifest.dependencies).map(([name, version]) => `${name}@${version}`);
    expect(wanted.filter((name) => !listed.has(name))).toEqual([]);
    expect(components.every(({ purl }) => purl.startsWith('pkg:npm/'))).toBe(true);
    expect(listed.has(`jest@${lock.packages['node_modules/jest']?.version}`)).toBe(false);
  }, 60_000);

  it('comes with exact versions', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
      devDependencies: Record<string, string>;
    };
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, wanted]) => !/^\d+\.\d+\.\d+$/.test(wanted),
    );
    expect(loose).toEqual([]);
  });
});
