import { LedgerProcess } from './ledger-process.js';

/** The service in production's shape: an api, and two projectors and two workers beside it, each a process of its own. */
export class LedgerCluster {
  private constructor(
    readonly api: LedgerProcess,
    readonly projectors: readonly LedgerProcess[],
    readonly workers: readonly LedgerProcess[],
  ) {}

  /** @param env names the servers that all of them stand on */
  static async start(dataDir: string, env: Readonly<Record<string, string>>): Promise<LedgerCluster> {
    const start = (role: string): Promise<LedgerProcess> => LedgerProcess.start(dataDir, env, ['--roles', role]);
    const api = await start('api');
    const [one, two, three, four] = await Promise.all(['projector', 'projector', 'worker', 'worker'].map(start));
    if (!one || !two || !three || !four) throw new Error('four processes were to be started');
    return new LedgerCluster(api, [one, two], [three, four]);
  }

  async stop(): Promise<void> {
    await Promise.all([this.api, ...this.projectors, ...this.workers].map((process) => process.stop()));
  }
}
