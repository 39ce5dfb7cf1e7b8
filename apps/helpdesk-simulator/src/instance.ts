import type { Behaviour } from './behaviour.js';
import type { InstanceFile } from './instance-file.js';
import { newInstance, type Acknowledgement, type Entitlement, type InstanceState } from './instance-state.js';

export interface InstanceView extends InstanceState {
  readonly domain: string;
  readonly access: 'accessible' | 'locked';
  readonly message: string | null;
}

const receivedMax = 1_000;

/** Adding staff beyond the seats is refused, as in the real product. */
export class StaffCountExceeded extends Error {
  override readonly name = 'StaffCountExceeded';
}

/** One helpdesk: it believes its ledger, never an older word after a newer one, and keeps its staff within its seats. */
export class Instance {
  constructor(
    readonly domain: string,
    private readonly file: InstanceFile,
    private state: InstanceState = file.read() ?? newInstance,
  ) {}

  /** Applies an entitlement unless a newer one was applied before, and acknowledges what holds now. */
  apply(entitlement: Entitlement): Acknowledgement {
    const known = this.state.entitlement;
    const holds = known !== null && known.revision > entitlement.revision ? known : entitlement;
    if (holds !== known) this.#change({ entitlement: holds });
    return { revision: holds.revision, seats: holds.seats };
  }

  /** Notes that an entitlement was pushed, whatever becomes of it. */
  noteReceived(revision: number): void {
    this.#change({ received: [...this.state.received, revision].slice(-receivedMax) });
  }

  /** Enables or disables staff until so many are active. @throws StaffCountExceeded when that is an increase too far */
  setActiveStaff(active: number): void {
    const seats = this.state.entitlement?.seats ?? 0;
    if (active > seats && active > this.state.activeStaff) {
      throw new StaffCountExceeded(`Staff count exceeded. (${active} > ${seats})`);
    }
    this.#change({ activeStaff: active });
  }

  /** Staff that were there before the seats were reduced, or whom nobody checked: the lock-out follows. */
  forceActiveStaff(active: number): void {
    this.#change({ activeStaff: active });
  }

  behave(behaviour: Behaviour): void {
    this.#change({ behaviour });
  }

  get behaviour(): Behaviour {
    return this.state.behaviour;
  }

  view(): InstanceView {
    const { entitlement, activeStaff } = this.state;
    const exceeds = entitlement !== null && activeStaff > entitlement.seats;
    const message = exceeds
      ? `Staff count exceeded. (${activeStaff} > ${entitlement.seats}). Please contact support for further assistance.`
      : null;
    return { domain: this.domain, ...this.state, access: exceeds ? 'locked' : 'accessible', message };
  }

  #change(part: Partial<InstanceState>): void {
    const next = { ...this.state, ...part };
    this.file.write(next);
    this.state = next;
  }
}
