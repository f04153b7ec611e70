/** Selectors to start from, one for each way of writing one. */
export const EXAMPLES: readonly { title: string; text: string }[] = [
  { title: 'The whole fleet', text: 'all: true' },
  {
    title: 'Groups and labels',
    text: 'groups: [stores]\nmatchLabels:\n  region: central\n',
  },
  {
    title: 'Conditions on attributes',
    text: [
      'groups: [geo.us.northeast]',
      'matchLabels: { ownership: corporate, size: large }',
      'matchExpressions:',
      '  - { key: driveThrough, operator: In, values: [multi-lane] }',
      '  - { key: grill, operator: In, values: [acme3000, acme3001] }',
      '',
    ].join('\n'),
  },
  {
    title: 'An expression (CEL)',
    text: 'cluster.inGroup("stores") && cluster.labels.state != "tx"',
  },
  { title: 'Paths', text: '/g/stores/central and not /g/beta' },
];
