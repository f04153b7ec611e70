import type { NamespaceOutline } from './catalogue.ts';

const everywhere = { all: true } as const;

/** What sells, teaches, delivers and counts. */
export const BUSINESS_NAMESPACES: Record<string, NamespaceOutline> = {
  'menu-boards': {
    title: 'Menu boards',
    owner: 'marketing-team',
    unit: 'Marketing',
    selector: { groups: ['marketing'] },
    priority: 650,
    applications: {
      'menu-board': {
        from: 'screen',
        overrides: [
          {
            name: 'west',
            selector: { groups: ['geo.us.west'] },
            values: { theme: 'sunset' },
          },
          {
            name: 'airports',
            selector: { groups: ['marketing.channel.airport'] },
            values: { theme: 'contrast' },
          },
        ],
      },
      'menu-sync': { from: 'sync' },
      'allergen-lookup': { from: 'web-service' },
    },
  },
  'spanish-menus': {
    title: 'Menus in Spanish',
    owner: 'marketing-team',
    unit: 'Marketing',
    selector: { groups: ['marketing.language.spanish'] },
    priority: 350,
    applications: {
      'spanish-copy': { from: 'sync', needs: ['menu-board'] },
      'spanish-voice': { from: 'worker' },
    },
  },
  'french-menus': {
    title: 'Menus in French',
    owner: 'marketing-team',
    unit: 'Marketing',
    selector: { groups: ['marketing.language.french'] },
    priority: 350,
    applications: {
      'french-copy': { from: 'sync', needs: ['menu-board'] },
      'french-voice': { from: 'worker' },
    },
  },
  campaigns: {
    title: 'Campaigns',
    owner: 'marketing-team',
    unit: 'Marketing',
    selector: {
      expression:
        'cluster.labels.ownership == "corporate" || cluster.labels.ring != "prod"',
    },
    priority: 50,
    applications: {
      'campaign-player': {
        from: 'screen',
        labels: { language: 'english-only' },
        values: { theme: 'campaign' },
      },
      'campaign-sync': { from: 'sync' },
    },
  },
  'airport-offers': {
    title: 'Offers at airports',
    owner: 'marketing-team',
    unit: 'Marketing',
    selector: { groups: ['marketing.channel.airport'] },
    priority: 150,
    applications: {
      'gate-feed': { from: 'worker', values: { queue: 'gates' } },
      'boarding-offer': { from: 'web-service', needs: ['gate-feed'] },
    },
  },
  'campus-offers': {
    title: 'Offers on campuses',
    owner: 'marketing-team',
    unit: 'Marketing',
    selector: '/g/marketing/channel/campus',
    priority: 150,
    applications: {
      'student-offer': { from: 'web-service' },
      'exam-calendar': { from: 'scheduled-job' },
    },
  },
  loyalty: {
    title: 'Loyalty',
    owner: 'loyalty-team',
    unit: 'Loyalty',
    selector: { groups: ['geo.us', 'geo.ca'] },
    priority: 550,
    applications: {
      'member-cache': { from: 'cache' },
      'member-lookup': { from: 'web-service', needs: ['member-cache'] },
      'reward-engine': { from: 'worker', needs: ['member-lookup'] },
    },
  },
  kiosks: {
    title: 'Kiosks',
    owner: 'loyalty-team',
    unit: 'Loyalty',
    selector: {
      matchExpressions: [{ key: 'kiosks', operator: 'Gt', values: [0] }],
    },
    priority: 500,
    applications: {
      'kiosk-screen': { from: 'screen', needs: ['order-hub'] },
      'kiosk-gateway': { from: 'gateway' },
      'kiosk-remote': { from: 'agent' },
    },
  },
  bar: {
    title: 'Bar',
    owner: 'pos-team',
    unit: 'Store technology',
    selector: 'cluster.attributes.alcoholLicense == true',
    priority: 250,
    applications: {
      'age-check': { from: 'web-service' },
      'beer-kiosk': {
        from: 'screen',
        needs: ['age-check'],
        labels: { content: 'alcohol' },
      },
      'tap-bridge': { from: 'device-bridge' },
    },
  },
  'store-orders': {
    title: 'Orders of company stores',
    owner: 'supply-team',
    unit: 'Supply',
    selector: { groups: ['franchise.corporate'] },
    priority: 400,
    applications: {
      'order-proposal': { from: 'worker', needs: ['stock-service'] },
      'order-desk': { from: 'web-service' },
    },
  },
  'franchise-portal': {
    title: 'Franchise portal',
    owner: 'store-operations',
    unit: 'Store operations',
    selector: '/g/franchise and not /g/franchise/corporate',
    priority: 400,
    applications: {
      'royalty-report': { from: 'scheduled-job' },
      'franchise-desk': { from: 'web-service' },
    },
  },
  'shelf-plans': {
    title: 'Shelf plans',
    owner: 'supply-team',
    unit: 'Supply',
    selector: { groups: ['planogram'] },
    priority: 350,
    applications: {
      'shelf-plan': { from: 'sync' },
      'shelf-label': { from: 'device-bridge' },
    },
  },
  delivery: {
    title: 'Delivery',
    owner: 'delivery-team',
    unit: 'Delivery',
    selector: { groups: ['delivery.courier'] },
    priority: 450,
    applications: {
      'courier-gateway': { from: 'gateway' },
      'courier-match': { from: 'worker', needs: ['courier-gateway'] },
      'handover-screen': { from: 'screen' },
    },
  },
  'depot-link': {
    title: 'Link to the depot',
    owner: 'delivery-team',
    unit: 'Delivery',
    selector: { groups: ['delivery.depot'] },
    priority: 400,
    applications: {
      'depot-sync': { from: 'sync' },
      'truck-arrival': { from: 'worker', needs: ['depot-sync'] },
    },
  },
  curbside: {
    title: 'Curbside pick-up',
    owner: 'delivery-team',
    unit: 'Delivery',
    selector: {
      matchExpressions: [
        { key: 'size', operator: 'NotIn', values: ['small'] },
        { key: 'channel', operator: 'NotIn', values: ['airport', 'mall'] },
      ],
    },
    priority: 350,
    applications: {
      'curbside-orders': { from: 'web-service', needs: ['order-hub'] },
      'plate-reader': { from: 'device-bridge', needs: ['curbside-orders'] },
    },
  },
  shifts: {
    title: 'Shifts',
    owner: 'people-team',
    unit: 'People',
    selector: '/m/ownership/corporate',
    priority: 300,
    applications: {
      'time-clock': { from: 'web-service' },
      'shift-plan': { from: 'sync' },
    },
  },
  training: {
    title: 'Training',
    owner: 'people-team',
    unit: 'People',
    selector: everywhere,
    priority: 100,
    applications: {
      'training-player': { from: 'screen', values: { theme: 'lessons' } },
      'training-sync': { from: 'sync' },
    },
  },
  analytics: {
    title: 'Analytics',
    owner: 'data-team',
    unit: 'Data',
    selector: everywhere,
    priority: 20,
    // Room for four of the five: the last by priority is refused, everywhere, until somebody asks for more.
    quota: { cpu: '260m', memory: '576Mi' },
    applications: {
      'event-buffer': { from: 'cache', priority: 20 },
      'event-upload': { from: 'sync', needs: ['event-buffer'] },
      'daily-digest': { from: 'scheduled-job' },
      'basket-cache': { from: 'cache' },
      'basket-study': { from: 'database', priority: -10 },
    },
  },
  forecasts: {
    title: 'Forecasts',
    owner: 'data-team',
    unit: 'Data',
    selector: {
      matchExpressions: [
        { key: 'size', operator: 'In', values: ['medium', 'large'] },
      ],
    },
    priority: 80,
    applications: {
      'demand-forecast': { from: 'inference', values: { model: 'demand' } },
      'forecast-feed': { from: 'sync' },
    },
  },
  'early-access': {
    title: 'Early access',
    owner: 'platform-team',
    unit: 'Platform',
    selector: '/m/ring/beta or /m/ring/pilot',
    priority: 10,
    open: true,
    applications: {
      'feature-flags': { from: 'web-service', version: '0.9.0' },
      'canary-agent': { from: 'agent', version: '0.9.0' },
    },
  },
};
