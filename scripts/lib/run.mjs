import { spawn } from 'node:child_process';
import { root } from './root.mjs';

/** A step that ended with an error; its output has been shown or is in the message. */
export class StepError extends Error {}

/** Where a step's standard output and error go: standard output is ours alone, for what a caller may want to read. */
const outputs = { shown: [2, 2], errorsShown: ['ignore', 2], collected: ['pipe', 'pipe'] };

/** Runs Node.js with the arguments; see runCommand. */
export function runNode(args, options) {
  return runCommand(process.execPath, args, options);
}

/**
 * Runs a program in the root folder. Resolves with its exit code, its duration, and its output where that is collected.
 * When we are ended, it is too.
 */
export function runCommand(command, args, { output = 'shown', env = process.env, shell = false } = {}) {
  const startedAtMs = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, shell, stdio: ['ignore', ...outputs[output]] });
    const chunks = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    const end = (signal) => {
      child.kill(signal);
      process.exit(130);
    };
    process.once('SIGINT', end).once('SIGTERM', end);
    child.once('error', reject);
    child.once('close', (code) => {
      process.off('SIGINT', end).off('SIGTERM', end);
      const durationMs = performance.now() - startedAtMs;
      resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString().trimEnd(), durationMs });
    });
  });
}

export function seconds(durationMs) {
  return `${(durationMs / 1000).toFixed(1)} s`;
}
