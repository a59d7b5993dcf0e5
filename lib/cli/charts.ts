import type { CommandEntry, CommandGroup } from "./command";
import { commandList } from "./run-command";

const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  choose: {
    summary: "the newest chart whose app version can be tolerated",
    load: () => (require("./charts-choose") as typeof import("./charts-choose")).chartsChoose,
  },
};

/** `tandem charts`: what there is to know before a release gets another chart. */
export const charts: CommandGroup = {
  name: "tandem charts",
  help: `tandem charts choose ingress-nginx --app "<=1.6.4"  which chart ships an app version that can be tolerated?

Commands (each has --help):
${commandList(COMMANDS)}

Options:
  --help  this text
`,
  commands: COMMANDS,
};
