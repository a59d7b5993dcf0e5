import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads";

/** A run of a program. */
export interface Job {
  readonly program: string;
  readonly args: readonly string[];
  /** Given on stdin. */
  readonly input: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface Outcome {
  readonly stdout: string;
  /** The last of it, where it is long. */
  readonly stderr: string;
  /** Why it did not end well; absent when it did. */
  readonly failure?: string;
}

export interface Limits {
  /** How many run at once. */
  readonly atOnce: number;
  readonly seconds: number;
  /** Of stdout. */
  readonly mebibytes: number;
}

/** How much longer than a job's own limit this thread waits for its outcome, before it holds the worker for dead. */
const GRACE_SECONDS = 30;

/**
 * Runs programs, a few at a time, and hands over each outcome as it comes. It waits for them without giving way to the event loop,
 * because cdktf's synth knows no waiting: a worker thread starts the processes and this one sleeps until it has an outcome. No more
 * outcomes are held than run at once, however many jobs there are. What `take` throws ends the programs that still run.
 * @param take called with each outcome and the index of its job, in the order in which they end
 */
export function runInParallel(
  jobs: readonly Job[],
  limits: Limits,
  take: (outcome: Outcome, index: number) => void,
): void {
  if (jobs.length === 0) return;
  const { port1: here, port2: there } = new MessageChannel();
  const ended = new Int32Array(new SharedArrayBuffer(4));
  new Worker(WORKER, {
    eval: true,
    workerData: { jobs, limits, port: there, ended },
    transferList: [there],
    execArgv: [],
  });
  try {
    for (let taken = 0; taken < jobs.length; taken++) {
      const { index, chunks, ...outcome } = nextOutcome(here, ended, limits.seconds + GRACE_SECONDS);
      here.postMessage("taken");
      take({ stdout: Buffer.concat(chunks).toString("utf8"), ...outcome }, index);
    }
  } finally {
    here.close();
  }
}

/** What the worker tells of a job. It hands its memory over, lest it piles up there: a thread that makes little else collects late. */
interface Told extends Omit<Outcome, "stdout"> {
  readonly index: number;
  readonly chunks: readonly Uint8Array[];
}

function nextOutcome(port: MessagePort, ended: Int32Array, seconds: number): Told {
  for (;;) {
    const before = Atomics.load(ended, 0);
    const received = receiveMessageOnPort(port) as { message: Told } | undefined;
    if (received) return received.message;
    if (Atomics.wait(ended, 0, before, seconds * 1000) === "timed-out")
      throw new Error(`the thread that runs programs has said nothing for ${seconds} seconds`);
  }
}

/**
 * Plain JavaScript, because a worker cannot read TypeScript. One job more is started for each that has ended and been taken. The worker
 * ends when the other side closes the port. `spawn` throws for what is executable and no program; a process whose own child still holds
 * its output is not waited for once it has been stopped.
 */
const WORKER = `
const { spawn } = require("node:child_process");
const { workerData: { jobs, limits, port, ended } } = require("node:worker_threads");
let next = 0;
const running = new Set();
const start = () => { if (next < jobs.length) run(next++); };
const run = (index) => {
  const { program, args, input, env } = jobs[index];
  const chunks = [];
  let size = 0, stderr = "", failure, child, timer, told = false;
  const tell = (why) => {
    if (told) return;
    told = true;
    clearTimeout(timer);
    running.delete(child);
    const memory = new Set(chunks.map(({ buffer }) => buffer));
    port.postMessage({ index, chunks, stderr, ...(why && { failure: why }) }, [...memory]);
    Atomics.add(ended, 0, 1);
    Atomics.notify(ended, 0);
  };
  const notStarted = (error) => tell("it could not be started (" + error.message + ")");
  try {
    child = spawn(program, args, { env, stdio: ["pipe", "pipe", "pipe"] });
    if (!child.stdout) return child.on("error", notStarted);
  } catch (error) {
    return notStarted(error);
  }
  running.add(child);
  const stop = (why) => {
    failure = failure || why;
    child.kill("SIGKILL");
    child.stdout.destroy();
    child.stderr.destroy();
  };
  timer = setTimeout(() => stop("it took longer than " + limits.seconds + " seconds"), limits.seconds * 1000);
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  child.stdout.on("data", (chunk) => {
    size += chunk.length;
    if (size > limits.mebibytes * 1048576) stop("it wrote more than " + limits.mebibytes + " MiB");
    else chunks.push(chunk);
  });
  child.stderr.setEncoding("utf8");
  child.stderr.on("data", (chunk) => { stderr = (stderr + chunk).slice(-16384); });
  child.on("error", notStarted);
  child.on("close", (code, signal) => tell(failure || (code === 0 ? "" : signal ? "it was ended by " + signal : "exit code " + code)));
};
port.on("message", start);
port.on("close", () => {
  for (const child of running) child.kill("SIGKILL");
  process.exit();
});
for (let count = 0; count < limits.atOnce; count++) start();
`;
