/**
 * A fleet that is made up: it reads what is delivered as Flux would, and reports.
 *
 * @packageDocumentation
 */
export * from './Behaviour';
export * from './chance';
export * from './DeliveredFleet';
export * from './FleetSimulator';
export * from './fluxEvent';
export * from './runSimulator';
export * from './sendReport';
