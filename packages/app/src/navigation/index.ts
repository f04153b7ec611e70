export { NavigationBar } from './NavigationBar';
