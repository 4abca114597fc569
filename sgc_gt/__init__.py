"""sgc-gt: control de documentos ISO 9001 para un servicio público, con Gestión Territorial."""

__version__ = "1.0.0"
