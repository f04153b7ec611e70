export { AzureArcInventory } from './azureArc/AzureArcInventory';
export * from './ProviderList';
