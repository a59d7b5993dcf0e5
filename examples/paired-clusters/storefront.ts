import { Chart, Cron, Duration, Size } from "cdk8s";
import {
  ConcurrencyPolicy,
  Cpu,
  CronJob,
  Deployment,
  HorizontalPodAutoscaler,
  HttpIngressPathType,
  Ingress,
  IngressBackend,
  k8s,
  Metric,
  MetricTarget,
  RestartPolicy,
} from "cdk8s-plus-27";
import type { Construct } from "constructs";

export interface StorefrontProps {
  /** Host name that the shop is reached at. */
  readonly host: string;
  readonly replicas: { readonly min: number; readonly max: number };
}

const IMAGE = "ghcr.io/example/storefront:2.14.0";
const RESOURCES = {
  cpu: { request: Cpu.millis(250), limit: Cpu.millis(1000) },
  memory: { request: Size.mebibytes(256), limit: Size.mebibytes(512) },
};

/** The shop: a web application behind an ingress, scaled by load, kept available during node upgrades, and a nightly job. */
export class Storefront extends Chart {
  constructor(scope: Construct, id: string, props: StorefrontProps) {
    super(scope, id, { namespace: "storefront", labels: { "app.kubernetes.io/part-of": "storefront" } });
    const web = new Deployment(this, "web", { containers: [{ image: IMAGE, portNumber: 8080, resources: RESOURCES }] });
    const service = web.exposeViaService({ ports: [{ port: 80, targetPort: 8080 }] });
    const ingress = new Ingress(this, "ingress", { className: "alb" });
    ingress.addHostRule(props.host, "/", IngressBackend.fromService(service), HttpIngressPathType.PREFIX);
    new HorizontalPodAutoscaler(this, "scaling", {
      target: web,
      minReplicas: props.replicas.min,
      maxReplicas: props.replicas.max,
      metrics: [Metric.resourceCpu(MetricTarget.averageUtilization(70))],
    });
    new k8s.KubePodDisruptionBudget(this, "availability", {
      spec: { maxUnavailable: k8s.IntOrString.fromNumber(1), selector: { matchLabels: { ...web.matchLabels } } },
    });
    new CronJob(this, "nightly-report", {
      schedule: Cron.schedule({ minute: "15", hour: "3" }),
      timeZone: "Etc/UTC",
      concurrencyPolicy: ConcurrencyPolicy.FORBID,
      restartPolicy: RestartPolicy.NEVER,
      activeDeadline: Duration.hours(1),
      containers: [{ image: IMAGE, args: ["report"], resources: RESOURCES }],
    });
  }
}
