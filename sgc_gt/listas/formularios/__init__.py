"""El formulario de Excel de un tipo: sale del esquema de sus datos, y de vuelta da los mismos datos."""
