import * as fs from "node:fs";
import * as path from "node:path";

const MEBIBYTE = 1 << 20;

/** What charts render, the n-th document of a stream: most of it is served, one in forty is not. */
function document(index: number): string {
  const name = `web-${index}`;
  const labels = (indent: string) =>
    `${indent}app.kubernetes.io/name: ${name}\n${indent}app.kubernetes.io/instance: shop\n${indent}helm.sh/chart: shop-1.2.3\n`;
  const head = (apiVersion: string, kind: string) =>
    `---\n# Source: shop/templates/${kind.toLowerCase()}.yaml\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: shop\n  labels:\n${labels("    ")}`;
  switch (index % 8) {
    case 0:
    case 1:
    case 2:
      return `${head("apps/v1", "Deployment")}${deployment(name, labels)}`;
    case 3:
      return `${head("v1", "Service")}spec:\n  type: ClusterIP\n  ports:\n    - port: 80\n      targetPort: http\n      protocol: TCP\n      name: http\n  selector:\n${labels("    ")}`;
    case 4:
      return `${head("v1", "ConfigMap")}data:\n  nginx.conf: |\n    worker_processes auto;\n    events { worker_connections 1024; }\n    http {\n      server {\n        listen 8080;\n        location / { proxy_pass http://backend:8080; }\n      }\n    }\n  MODE: "production"\n`;
    case 5:
      return `${head("rbac.authorization.k8s.io/v1", "Role")}rules:\n  - apiGroups: [""]\n    resources: ["pods", "services"]\n    verbs: ["get", "list", "watch"]\n  - apiGroups:\n      - apps\n    resources:\n      - deployments\n    verbs:\n      - get\n`;
    case 6:
      return `${head("v1", "ServiceAccount")}automountServiceAccountToken: false\n`;
    default:
      return ingress(name, head(index % 40 === 7 ? "extensions/v1beta1" : "networking.k8s.io/v1", "Ingress"));
  }
}

function deployment(name: string, labels: (indent: string) => string): string {
  return `spec:
  replicas: 2
  selector:
    matchLabels:
${labels("      ")}  template:
    metadata:
      annotations:
        checksum/config: 01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b
      labels:
${labels("        ")}    spec:
      serviceAccountName: ${name}
      securityContext: {}
      containers:
        - name: web
          image: "registry.example.com/shop/web:1.4.2"
          imagePullPolicy: IfNotPresent
          args: ["--port", "8080"]
          env:
            - name: LOG_LEVEL
              value: "info"
            - name: DATABASE_URL
              valueFrom:
                secretKeyRef:
                  name: ${name}
                  key: url
          ports:
            - name: http
              containerPort: 8080
              protocol: TCP
          livenessProbe:
            httpGet:
              path: /healthz
              port: http
          resources:
            limits:
              cpu: 500m
              memory: 256Mi
            requests:
              cpu: 100m
              memory: 128Mi
`;
}

function ingress(name: string, head: string): string {
  return `${head}spec:\n  ingressClassName: alb\n  rules:\n    - host: ${name}.example.com\n      http:\n        paths:\n          - path: /\n            pathType: Prefix\n            backend:\n              service:\n                name: ${name}\n                port:\n                  name: http\n`;
}

/** About so many mebibytes of rendered charts. */
export function corpus(mebibytes: number, first = 0): string {
  const documents: string[] = [];
  for (let size = 0, index = first; size < mebibytes * MEBIBYTE; index++) {
    const text = document(index);
    documents.push(text);
    size += text.length;
  }
  return documents.join("");
}

/** Writes so many files of a mebibyte each into a folder. */
export function writeCorpus(folder: string, files: number): void {
  const text = corpus(1);
  for (let file = 0; file < files; file++) {
    fs.writeFileSync(path.join(folder, `chart-${String(file).padStart(4, "0")}.yaml`), text);
  }
}
