export * from './AdmittedCatalog';
export * from './CatalogErrors';
export * from './CatalogInventory';
export * from './InventorySync';
export * from './LocationPattern';
export * from './RegistrationRules';
export * from './createInventorySync';
