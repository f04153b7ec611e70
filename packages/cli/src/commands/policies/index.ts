export * from './freezeCreate';
export * from './overrideCreate';
export * from './policyEnds';
export * from './policyLists';
