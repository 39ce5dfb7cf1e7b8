/** Which key: a license's own, counted from 1. */
export interface KeyName {
  readonly licenseId: string;
  readonly key: number;
}

/** Text that the master key opens; `destroyed` where there was one that nobody has any more. */
export type StoredKey = { readonly wrapped: string } | 'destroyed';

/**
 * Where the wrapped keys of licenses are kept: beside the log and never in it, or nothing could be erased. No event
 * tells them, so they are to be in every backup; and what a backup still has is not erased there.
 */
export interface KeyStore {
  /** Undefined where there never was one. */
  find(name: KeyName): Promise<StoredKey | undefined>;
  /** Keeps a key unless there is or was one of that name, and answers what is there then: of several who come at once all get the same. */
  keep(name: KeyName, wrapped: string): Promise<StoredKey>;
  /** Destroys this key and those before it. That they were there is remembered: none of them is made again. */
  destroy(upTo: KeyName): Promise<void>;
}
