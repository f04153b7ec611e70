import { LoggerService } from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { Message, Notifier } from './Notifier';

/** {@link Notifier} through Backstage's notifications, which a portal need not have. @internal */
export class BackstageNotifier implements Notifier {
  static create(options: {
    notifications: NotificationService;
    logger: LoggerService;
  }): BackstageNotifier {
    return new BackstageNotifier(options.notifications, options.logger);
  }

  private constructor(
    private readonly notifications: NotificationService,
    private readonly logger: LoggerService,
  ) {}

  async tell({ to, except, ...payload }: Message): Promise<void> {
    if (to.length === 0) return;
    try {
      await this.notifications.send({
        recipients: {
          type: 'entity',
          entityRef: [...new Set(to)],
          excludeEntityRef: except,
        },
        payload: { ...payload, topic: 'res-edge' },
      });
    } catch (error) {
      this.logger.warn(`Nobody could be told "${payload.title}": ${error}`);
    }
  }
}
