export { commands, findCommand } from './commands';
