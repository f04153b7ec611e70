export { SimulationSection } from './SimulationSection';
