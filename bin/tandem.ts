#!/usr/bin/env node
import { main } from "../lib/cli/main";

process.stdout.on("error", ({ code, message }: NodeJS.ErrnoException) => {
  if (code === "EPIPE") return; // A reader that leaves early, such as head, changes nothing of what was found.
  process.stderr.write(`tandem: cannot write to stdout: ${message}\n`);
  process.exit(2);
});
const { stdout, stderr, env } = process;
const io = {
  stdout,
  stderr,
  env,
  cwd: process.cwd(),
  // Opened only when it is read.
  get stdin() {
    return process.stdin;
  },
};
main(process.argv.slice(2), io).then((code) => {
  process.exitCode = code;
});
