export { SelectorsPage } from './SelectorsPage';
