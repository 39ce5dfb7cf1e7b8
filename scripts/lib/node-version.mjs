const [wantedMajor, wantedMinor] = [20, 19];

/** Ends the program with a clear message when this Node.js is too old. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  console.error(
    `Seat Ledger needs Node.js ${wantedMajor}.${wantedMinor} or later, and this is ${process.versions.node}.\n` +
      'Install a newer one, for example from https://nodejs.org, and try again.',
  );
  process.exit(1);
}
