export * from './CatalogInventory';
export * from './InventorySync';
