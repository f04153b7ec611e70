import type { NamespaceOutline } from './catalogue.ts';

const everywhere = { all: true } as const;

/** What keeps a store running: platform, checkout, kitchen. */
export const STORE_NAMESPACES: Record<string, NamespaceOutline> = {
  heartbeat: {
    title: 'Heartbeat',
    owner: 'platform-team',
    unit: 'Platform',
    selector: everywhere,
    priority: 1000,
    applications: {
      heartbeat: { from: 'agent', addon: true },
      'clock-sync': { from: 'agent', addon: true, values: { interval: '300' } },
    },
  },
  observability: {
    title: 'Observability',
    owner: 'platform-team',
    unit: 'Platform',
    selector: everywhere,
    priority: 600,
    applications: {
      'log-forwarder': { from: 'agent', addon: true },
      'node-metrics': { from: 'exporter', addon: true },
      'pod-metrics': { from: 'exporter' },
      'metrics-buffer': { from: 'cache' },
    },
  },
  'secrets-sync': {
    title: 'Secrets',
    owner: 'security-team',
    unit: 'Security',
    selector: everywhere,
    priority: 950,
    applications: {
      'secret-agent': { from: 'agent', addon: true },
      'certificate-renewal': { from: 'scheduled-job' },
    },
  },
  'point-of-sale': {
    title: 'Point of sale',
    owner: 'pos-team',
    unit: 'Store technology',
    selector: everywhere,
    priority: 900,
    applications: {
      'sale-journal': { from: 'database' },
      'sale-service': { from: 'web-service', needs: ['sale-journal'] },
      'till-bridge': { from: 'device-bridge', needs: ['sale-service'] },
      'order-hub': { from: 'gateway', priority: 50 },
    },
  },
  payments: {
    title: 'Payments',
    owner: 'pos-team',
    unit: 'Store technology',
    selector: everywhere,
    priority: 950,
    applications: {
      'payment-service': {
        from: 'web-service',
        labels: { data: 'payment' },
        overrides: [
          {
            name: 'canada',
            selector: { groups: ['geo.ca'] },
            values: { logLevel: 'info' },
          },
        ],
      },
      'card-bridge': { from: 'device-bridge', needs: ['payment-service'] },
      'offline-ledger': { from: 'database', priority: -20 },
    },
  },
  pricing: {
    title: 'Prices',
    owner: 'pos-team',
    unit: 'Store technology',
    selector: everywhere,
    priority: 850,
    applications: {
      'price-cache': { from: 'cache' },
      'price-service': { from: 'web-service', needs: ['price-cache'] },
      'price-sync': { from: 'sync', needs: ['price-cache'] },
    },
  },
  receipts: {
    title: 'Receipts',
    owner: 'pos-team',
    unit: 'Store technology',
    selector: everywhere,
    priority: 700,
    applications: {
      'receipt-printer': { from: 'device-bridge' },
      'receipt-mail': { from: 'worker', values: { queue: 'receipts' } },
    },
  },
  kitchen: {
    title: 'Kitchen',
    owner: 'kitchen-team',
    unit: 'Kitchen',
    selector: everywhere,
    priority: 800,
    applications: {
      'kitchen-queue': { from: 'cache' },
      'kitchen-display': {
        from: 'screen',
        needs: ['kitchen-queue'],
        values: { theme: 'contrast' },
      },
      'recipe-book': { from: 'web-service' },
    },
  },
  'grill-control': {
    title: 'Grill control',
    owner: 'kitchen-team',
    unit: 'Kitchen',
    selector: { matchExpressions: [{ key: 'grill', operator: 'Exists' }] },
    priority: 780,
    applications: {
      'grill-bridge': {
        from: 'device-bridge',
        requires: ['cluster.attributes.grill.size() > 0'],
      },
      'grill-timer': { from: 'worker', needs: ['grill-bridge'] },
      'grill-metrics': { from: 'exporter' },
    },
  },
  // The request that started it all: company-owned, large stores in the north-eastern US that have a multi-lane
  // drive-through and an Acme3000 or Acme3001 grill.
  'grill-guidance': {
    title: 'Grill guidance',
    owner: 'kitchen-team',
    unit: 'Kitchen',
    selector: {
      groups: ['geo.us.northeast'],
      matchLabels: { ownership: 'corporate', size: 'large' },
      matchExpressions: [
        { key: 'driveThrough', operator: 'In', values: ['multi-lane'] },
        { key: 'grill', operator: 'In', values: ['acme3000', 'acme3001'] },
      ],
    },
    priority: 300,
    applications: {
      'grill-guide': { from: 'screen', values: { theme: 'steps' } },
      'grill-forecast': { from: 'worker', values: { queue: 'demand' } },
    },
  },
  fryers: {
    title: 'Fryers',
    owner: 'kitchen-team',
    unit: 'Kitchen',
    selector: {
      matchExpressions: [
        { key: 'size', operator: 'In', values: ['medium', 'large'] },
      ],
    },
    priority: 600,
    applications: {
      'fryer-bridge': { from: 'device-bridge' },
      'oil-watch': { from: 'worker', needs: ['fryer-bridge'] },
    },
  },
  'food-safety': {
    title: 'Food safety',
    owner: 'kitchen-team',
    unit: 'Kitchen',
    selector: everywhere,
    priority: 860,
    applications: {
      'probe-bridge': { from: 'device-bridge' },
      'safety-log': { from: 'database' },
      'safety-report': { from: 'scheduled-job', needs: ['safety-log'] },
    },
  },
  'cold-chain': {
    title: 'Cold chain',
    owner: 'supply-team',
    unit: 'Supply',
    selector: {
      matchExpressions: [{ key: 'freezerUnits', operator: 'Ge', values: [2] }],
    },
    priority: 820,
    applications: {
      'freezer-bridge': { from: 'device-bridge' },
      'freezer-alarm': { from: 'worker', needs: ['freezer-bridge'] },
    },
  },
  'drive-through': {
    title: 'Drive-through',
    owner: 'pos-team',
    unit: 'Store technology',
    selector: 'cluster.attributes.lanes >= 1',
    priority: 750,
    applications: {
      'lane-screen': { from: 'screen' },
      'headset-bridge': { from: 'device-bridge' },
      'lane-orders': { from: 'web-service', needs: ['order-hub'] },
    },
  },
  'lane-timing': {
    title: 'Lane timing',
    owner: 'pos-team',
    unit: 'Store technology',
    selector: {
      matchExpressions: [{ key: 'lanes', operator: 'Ge', values: [2] }],
    },
    priority: 400,
    applications: {
      'loop-bridge': {
        from: 'device-bridge',
        requires: ['cluster.attributes.lanes >= 2'],
      },
      'lane-clock': { from: 'screen', needs: ['loop-bridge'] },
    },
  },
  energy: {
    title: 'Energy',
    owner: 'facilities-team',
    unit: 'Facilities',
    selector: {
      matchExpressions: [
        { key: 'size', operator: 'In', values: ['medium', 'large'] },
      ],
    },
    priority: 300,
    applications: {
      'meter-bridge': { from: 'device-bridge' },
      'load-shifter': { from: 'worker', needs: ['meter-bridge'] },
    },
  },
  cameras: {
    title: 'Cameras',
    owner: 'facilities-team',
    unit: 'Facilities',
    selector: { matchExpressions: [{ key: 'camera', operator: 'Exists' }] },
    priority: 500,
    applications: {
      'camera-bridge': { from: 'device-bridge', values: { protocol: 'rtsp' } },
      'clip-store': { from: 'cache' },
    },
  },
  vision: {
    title: 'Vision',
    owner: 'data-team',
    unit: 'Data',
    selector: {
      matchLabels: { size: 'large' },
      matchExpressions: [{ key: 'camera', operator: 'Exists' }],
    },
    priority: 100,
    applications: {
      'queue-length': { from: 'inference', values: { model: 'queue' } },
      'tray-check': { from: 'inference', values: { model: 'tray' } },
      'guest-mood': {
        from: 'inference',
        labels: { data: 'biometric' },
        values: { model: 'mood' },
      },
    },
  },
  doors: {
    title: 'Doors',
    owner: 'facilities-team',
    unit: 'Facilities',
    selector: { groups: ['geo.us'] },
    priority: 450,
    applications: {
      'door-bridge': { from: 'device-bridge' },
      'door-log': { from: 'worker' },
    },
  },
  stock: {
    title: 'Stock',
    owner: 'supply-team',
    unit: 'Supply',
    selector: everywhere,
    priority: 700,
    applications: {
      'stock-ledger': { from: 'database' },
      'stock-service': { from: 'web-service', needs: ['stock-ledger'] },
      'stock-count': { from: 'scheduled-job', needs: ['stock-service'] },
    },
  },
};
