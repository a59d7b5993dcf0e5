/** Asks moto's EC2. @returns XML */
export type AskEc2 = (action: string, parameters: Readonly<Record<string, string>>) => Promise<string>;

/** Tags of a launch template itself, which moto also says to be tags of what is launched. */
const OWN_TAGS = /<item><resourceType>launch-template<\/resourceType><tagSet>.*?<\/tagSet><\/item>/g;

/** How moto writes the state of a subnet's IPv6 range; it lists those alone that are associated. */
const NO_STATE = /<state>\{[^<]*\}<\/state>/g;

const TAGS = /<tagSet>.*?<\/tagSet>|<tagSet\/>/;

/** moto's answer of EC2, with what EC2 answers otherwise. */
export async function asEc2Says(action: string | null, xml: string, ask: AskEc2): Promise<string> {
  const answer = xml.replace(OWN_TAGS, "").replace(NO_STATE, "<state>associated</state>");
  return action === "DescribeLaunchTemplates" ? await withTags(answer, ask) : answer;
}

/** moto shows the tags that a launch template was made with, and not those that it has. */
async function withTags(answer: string, ask: AskEc2): Promise<string> {
  const [, id] = /<launchTemplateId>([^<]*)</.exec(answer) ?? [];
  if (id === undefined) return answer;
  const tags = await ask("DescribeTags", { "Filter.1.Name": "resource-id", "Filter.1.Value.1": id });
  const [own = "<tagSet/>"] = TAGS.exec(tags) ?? [];
  return answer.replace(TAGS, () => own);
}
