"""`python tests/rendimiento/bench_emitir.py`: poner en vigencia con 1 000 y 10 000 documentos.

Varas, en la misma corrida: lo mismo con 1 000; y docxtpl + GitPython (`index.add`, `index.commit`).
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import git
import yaml
from docxtpl import DocxTemplate
from servicio_grande import EN_CIRCUITO, construir

from sgc_gt.contexto import Contexto, Persona
from sgc_gt.ejemplo.anio import CARPETA
from sgc_gt.ordenes.circuito import anotar
from sgc_gt.ordenes.emitir import emitir
from sgc_gt.ordenes.enviar import enviar
from sgc_gt.ordenes.nueva_version import nueva_version
from sgc_gt.ordenes.pedido import Peticion

VECES = 5


def _mediana(accion: Callable[[], object], preparar: Callable[[], object]) -> float:
    tiempos = []
    for _ in range(VECES):
        preparar()
        inicio = time.perf_counter()
        accion()
        tiempos.append(time.perf_counter() - inicio)

    return statistics.median(tiempos)


def _emitir(ctx: Contexto) -> float:
    primera = True

    def preparar() -> None:
        nonlocal primera
        if primera:
            primera = False
            return
        nueva_version(ctx, EN_CIRCUITO, Peticion(motivo="otra"), menor=False)
        enviar(ctx.con(Persona("cr1@senopl.example")), [EN_CIRCUITO], Peticion())
        anotar(ctx.con(Persona("egt@senopl.example")), "revisar", [EN_CIRCUITO], Peticion())
        anotar(ctx.con(Persona("dn@senopl.example")), "aprobar", [EN_CIRCUITO], Peticion())

    return _mediana(lambda: emitir(ctx, [EN_CIRCUITO], Peticion()), preparar)


def _con_gitpython(ctx: Contexto) -> float:
    repo = git.Repo(ctx.raiz)
    plantilla = ctx.raiz / "plantillas_docx" / "procedimiento.docx"
    carpeta = ctx.raiz / "documentos" / "A00" / "PR-A00-00001"
    destino, ficha = carpeta / "PR-A00-00001_v01.docx", carpeta / "ficha.json"
    lista = ctx.raiz / "registros" / "lista_maestra" / "A00.csv"
    datos = yaml.safe_load((CARPETA / "datos" / "pr_fom_03.yaml").read_text("utf-8"))
    valores = {"datos": datos, "servicio": {}, "doc": {}, "regiones": [], "meses": [], "imagenes": {}}
    veces = iter(range(VECES))

    def accion() -> None:
        documento = DocxTemplate(str(plantilla))
        documento.render(valores, autoescape=True, jinja_env=_entorno())
        documento.save(str(destino))
        n = next(veces)
        for archivo in (ficha, lista):
            archivo.write_bytes(archivo.read_bytes() + b"\n")
        repo.index.add([str(a.relative_to(ctx.raiz)) for a in (destino, ficha, lista)])
        repo.create_tag(f"PR-A00-00001/v{n}", repo.index.commit("emite").hexsha, message="emite")

    return _mediana(accion, lambda: None)


def _entorno() -> object:
    from jinja2.sandbox import SandboxedEnvironment

    entorno = SandboxedEnvironment(autoescape=True)
    for nombre in ("cargo", "region", "fecha", "mes", "miles", "si_no", "lista"):
        entorno.filters[nombre] = lambda valor, *_: valor
    return entorno


def main() -> None:
    with tempfile.TemporaryDirectory() as carpeta:
        mil = _emitir(construir(Path(carpeta) / "mil", 1_000))
        grande = construir(Path(carpeta) / "diez_mil", 10_000)
        diez_mil = _emitir(grande)
        vara = _con_gitpython(grande)
    print(f"emitir con  1 000 documentos: {mil * 1000:7.0f} ms")
    crece, ventaja = diez_mil / mil, vara / diez_mil
    print(
        f"emitir con 10 000 documentos: {diez_mil * 1000:7.0f} ms   {crece:4.2f} × el de 1 000 (meta ≤ 1,5)"
    )
    print(f"docxtpl + GitPython, 10 000:  {vara * 1000:7.0f} ms   {ventaja:4.1f} × más lento (meta ≥ 20)")


if __name__ == "__main__":
    main()
