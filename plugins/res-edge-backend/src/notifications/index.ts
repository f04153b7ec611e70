export * from './BackstageNotifier';
export * from './Notifier';
