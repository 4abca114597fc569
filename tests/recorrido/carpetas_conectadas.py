"""Un servicio con carpetas conectadas: la persona guarda en la suya, y la vigilancia da una pasada."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from casa import Casa, escribir_en_word


class Conectada:
    """Una casa con sus carpetas conectadas, sin espera: lo que está en la carpeta ya está quieto."""

    def __init__(self, casa: Casa, *, mas: str = "") -> None:
        self.casa = casa
        self.base = casa.raiz.parent / "intercambio"
        self.base.mkdir()
        configuracion = casa.ruta("sgc.yaml")
        propia = f"\ncarpetas_conectadas:\n  base: {self.base}\n  quietud_segundos: 0\n{mas}"
        configuracion.write_text(configuracion.read_text("utf-8") + propia, "utf-8")
        casa.hace("configurar --motivo 'Carpetas conectadas'")

    def carpeta(self, cargo: str = "cr1") -> Path:
        return self.base / cargo

    def copia(self, nombre: str = "PR-FOM-01_v02.docx", cargo: str = "cr1") -> Path:
        return self.carpeta(cargo) / nombre

    def pasada(self) -> list[dict[str, Any]]:
        """Los sucesos de una pasada."""
        salida = self.casa.orden("vigilar --una-vez")
        assert salida.codigo == 0, salida
        return [json.loads(linea) for linea in salida.texto.splitlines()]

    def sucesos(self) -> list[str]:
        """Solo sus clases."""
        return [s["suceso"] for s in self.pasada()]

    def abrir(self, codigo: str = "PR-FOM-01") -> Path:
        """Abre una versión nueva y deja que su borrador llegue a la carpeta de cr1."""
        nueva = self.casa.hace(f"nueva-version {codigo} --motivo 'Mejoras acordadas'")
        assert "puesto" in self.sucesos()
        return self.copia(f"{codigo}_v{nueva['version']}.docx")

    def escribir(self, archivo: Path, texto: str = "Se agrega una convocatoria en línea.") -> None:
        """Escribe y guarda como Word: en un temporal que después toma el nombre."""
        temporal = archivo.with_name("~WRD0001.tmp")
        shutil.copyfile(archivo, temporal)
        escribir_en_word(temporal, texto)
        temporal.replace(archivo)

    def ultimo(self, codigo: str = "PR-FOM-01") -> dict[str, Any]:
        """El último movimiento, como lo muestra el historial."""
        return dict(self.casa.hace(f"historial {codigo}")[-1])
