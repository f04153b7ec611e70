export * from './CalendarError';
export * from './Interval';
export * from './Window';
export * from './nextOpening';
export * from './parsePointInTime';
export * from './weeklyOpenings';
