import { asEc2Says } from "./ec2-answers";

const SPECIFICATION = (type: string) =>
  `<item><resourceType>${type}</resourceType><tagSet><item><key>a</key></item></tagSet></item>`;

describe("EC2 as the double has it", () => {
  it("tells a template's own tags from those of what is launched from it", async () => {
    const xml = `<set>${SPECIFICATION("instance")}${SPECIFICATION("launch-template")}</set>`;
    const answer = await asEc2Says("DescribeLaunchTemplateVersions", xml, fail);
    expect(answer).toBe(`<set>${SPECIFICATION("instance")}</set>`);
  });

  it("says that a subnet's IPv6 range is associated", async () => {
    const answer = await asEc2Says("DescribeSubnets", "<state>{'State': 'associated'}</state>", fail);
    expect(answer).toBe("<state>associated</state>");
  });

  it("shows the tags that a launch template has now", async () => {
    const template = (tags: string) => `<item><launchTemplateId>lt-1</launchTemplateId>${tags}</item>`;
    const now = "<tagSet><item><key>team</key><value>$1 $&</value></item></tagSet>";
    const asked: unknown[] = [];
    const ask = async (...question: unknown[]) => {
      asked.push(question);
      return `<DescribeTagsResponse>${now}</DescribeTagsResponse>`;
    };
    expect(await asEc2Says("DescribeLaunchTemplates", template("<tagSet/>"), ask)).toBe(template(now));
    expect(asked).toEqual([["DescribeTags", { "Filter.1.Name": "resource-id", "Filter.1.Value.1": "lt-1" }]]);
    const none = await asEc2Says("DescribeLaunchTemplates", template(now), async () => "<tagSet/>");
    expect(none).toBe(template("<tagSet/>"));
  });

  it("passes an error on", async () => {
    const error = "<Error><Code>InvalidLaunchTemplateId.NotFound</Code></Error>";
    expect(await asEc2Says("DescribeLaunchTemplates", error, fail)).toBe(error);
  });
});

const fail = () => Promise.reject(new Error("nothing is to be asked"));
