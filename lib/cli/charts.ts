import type { CommandEntry, CommandGroup } from "./command";
import { commandList } from "./run-command";

const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  choose: {
    summary: "the newest chart whose app version can be tolerated",
    load: () => (require("./charts-choose") as typeof import("./charts-choose")).chartsChoose,
  },
  outdated: {
    summary: "the chart of each release beside the newest there is",
    load: () => (require("./charts-outdated") as typeof import("./charts-outdated")).chartsOutdated,
  },
  diff: {
    summary: "what the upgrade of a release to another version of its chart changes",
    load: () => (require("./charts-diff") as typeof import("./charts-diff")).chartsDiff,
  },
};

/** `tandem charts`: what there is to know before a release gets another chart. */
export const charts: CommandGroup = {
  name: "tandem charts",
  help: `tandem charts choose ingress-nginx --app "<=1.6.4"  which chart ships an app version that can be tolerated?
tandem charts outdated                              which charts have a newer version, and do they cover the next Kubernetes?
tandem charts diff ingress-nginx --to 4.12.1        what would that upgrade change?

Commands (each has --help):
${commandList(COMMANDS)}

Options:
  --help  this text
`,
  commands: COMMANDS,
};
