export * from './CalendarError';
export * from './Interval';
export * from './Window';
export * from './nextOpening';
export * from './parseDuration';
export * from './parsePointInTime';
export * from './weeklyOpenings';
