"""Un servicio con miles de documentos, hecho de una vez: para medir, no para verificar su cadena."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sgc_gt import inicial as trae
from sgc_gt.contexto import Contexto, Persona
from sgc_gt.dominio.ficha import Ficha, escribir_ficha
from sgc_gt.ejemplo import anio
from sgc_gt.ordenes.circuito import anotar
from sgc_gt.ordenes.crear import Nuevo, crear
from sgc_gt.ordenes.enviar import enviar
from sgc_gt.ordenes.iniciar import Inicial, iniciar
from sgc_gt.ordenes.pedido import Adjunto, Peticion

CORREO = "cdoc@senopl.example"
AREAS = 40
EN_CIRCUITO = "PR-A00-99999"


def configuracion() -> bytes:
    sgc = (anio.CARPETA / "sgc.yaml").read_text("utf-8")
    areas = "".join(f"    A{n:02d}: Área {n}\n" for n in range(AREAS))
    return sgc.replace("  areas:\n", f"  areas:\n{areas}").encode()


def construir(raiz: Path, documentos: int, contenido: Callable[[int], bytes] | None = None) -> Contexto:
    """El servicio con `documentos` vigentes y uno más, aprobado, listo para emitir (`EN_CIRCUITO`).

    `contenido` da los bytes de cada uno; sin él, todos son el mismo archivo.
    """
    reloj = lambda: datetime.now(UTC)  # noqa: E731
    ctx = iniciar(raiz, Inicial(configuracion(), trae.plantillas(), trae.series()), reloj, CORREO)
    datos = Adjunto("datos.yaml", (anio.CARPETA / "datos" / "pr_fom_03.yaml").read_bytes())
    nuevo = Nuevo("procedimiento", "Modelo", EN_CIRCUITO, "A00", "cr1", ("egt",), "dn")
    crear(ctx, nuevo, Peticion(), datos=datos)
    for cargo, acto in (("cr1", "enviar"), ("egt", "revisar"), ("dn", "aprobar")):
        quien = ctx.con(Persona(f"{cargo}@senopl.example"))
        if acto == "enviar":
            enviar(quien, [EN_CIRCUITO], Peticion())
        else:
            anotar(quien, acto, [EN_CIRCUITO], Peticion())
    _sembrar(ctx, documentos, contenido)
    return ctx


def _sembrar(ctx: Contexto, documentos: int, propio: Callable[[int], bytes] | None) -> None:
    """Las demás fichas y archivos en un solo cambio, como copias de la primera ya emitida."""
    modelo = ctx.vista().ficha(EN_CIRCUITO)
    m = modelo.actos[-1]
    emision = m._replace(n=m.n + 1, acto="emitir", cargo="cdoc", correo=CORREO, registra=CORREO, ruta=())
    contenido = ctx.vista().leer(f"documentos/A00/{EN_CIRCUITO}/borrador/{EN_CIRCUITO}_v01.docx") or b""
    lineas: list[bytes] = [b"commit refs/heads/main\n", f"committer {CORREO} <{CORREO}> now\n".encode()]
    lineas += [b"data 1\n-\n", b"from refs/heads/main^0\n"]
    for n in range(documentos):
        area, codigo = f"A{n % AREAS:02d}", f"PR-A{n % AREAS:02d}-{n + 1:05d}"
        archivo = f"{codigo}_v01.docx"
        ficha = Ficha(
            codigo,
            modelo.tipo,
            modelo.clase,
            {**modelo.identidad, "area": area, "titulo": f"Documento {n}"},
            (*modelo.actos, emision._replace(archivo=archivo)),
        )
        base = f"documentos/{area}/{codigo}"
        suyo = propio(n) if propio else contenido
        for ruta, datos in ((f"{base}/ficha.json", escribir_ficha(ficha)), (f"{base}/{archivo}", suyo)):
            lineas.append(f"M 100644 inline {ruta}\ndata {len(datos)}\n".encode() + datos + b"\n")
    subprocess.run(
        ["git", "fast-import", "--quiet", "--date-format=now"],
        cwd=ctx.raiz,
        input=b"".join(lineas),
        check=True,
    )
    subprocess.run(["git", "reset", "--quiet", "--hard"], cwd=ctx.raiz, check=True)
