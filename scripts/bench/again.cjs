/**
 * Calls the `synthesise` of each module that it is given so many times, in turn, and prints the milliseconds of each call. In a process of
 * its own and without tsx, which slows what it runs.
 */
const [, , runs, ...modules] = process.argv;
const functions = modules.map((module) => require(module).synthesise);
const milliseconds = modules.map(() => []);
for (let run = 0; run < Number(runs); run++) {
  functions.forEach((synthesise, index) => {
    const start = process.hrtime.bigint();
    synthesise();
    milliseconds[index].push(Number(process.hrtime.bigint() - start) / 1e6);
  });
}
process.stdout.write(JSON.stringify(milliseconds));
