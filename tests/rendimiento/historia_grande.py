"""Una historia legal de miles de movimientos, hecha en memoria con el mismo camino que las órdenes: se puede verificar.

Los documentos son de formato libre (sin Word): lo que se mide es la cadena. Cada ciclo son seis movimientos: abrir,
entregar, enviar, revisar, aprobar y poner en vigencia; los códigos se reparten en cuarenta áreas.
"""

from __future__ import annotations

import hashlib
import random
import subprocess
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from servicio_grande import AREAS, CORREO, configuracion

from sgc_gt import inicial as trae
from sgc_gt.contexto import Vista
from sgc_gt.dominio.caso import Pedido
from sgc_gt.dominio.huella import huella_bytes
from sgc_gt.ordenes.firmante import SIN_PLUMA
from sgc_gt.ordenes.iniciar import Inicial, iniciar
from sgc_gt.ordenes.movimiento import Propuesta, _anotar, _decidir
from sgc_gt.repositorio.arbol_vivo import ArbolVivo
from sgc_gt.repositorio.objetos import Objeto, aplicar, armar_commit, armar_paquete, leer_arbol, oid_de
from sgc_gt.repositorio.repositorio import Repositorio
from sgc_gt.repositorio.valores import Cambio

TAMANO = 20_000
CICLO = ("abrir", "entregar", "enviar", "revisar", "aprobar", "emitir")
DE = {"enviar": "cr1", "entregar": "cr1", "revisar": "egt", "aprobar": "dn"}
POR_PAQUETE = 2_000


class EnMemoria(Vista):
    """El servicio que crece en memoria; lo de antes se lee de la carpeta de verdad."""

    def __init__(self, repo: Repositorio, commit: str) -> None:
        super().__init__(repo, commit)
        self.arbol = ArbolVivo()
        self.arbol.cambiar(repo.listar("", commit))
        self.propios: dict[str, bytes] = {}

    def leer_varios(self, rutas_: Iterable[str]) -> Mapping[str, bytes]:
        oids = self.oids(rutas_)
        ajenos = [o for o in oids.values() if o not in self.propios]
        traidos = dict(zip(ajenos, self.repo.blobs(ajenos), strict=True))
        return {ruta: self.propios.get(oid) or traidos[oid] for ruta, oid in oids.items()}

    def presentes(self, carpeta: str) -> Mapping[str, str]:
        return self.arbol.bajo(carpeta)

    todas = presentes

    def oids(self, rutas_: Iterable[str]) -> Mapping[str, str]:
        return {ruta: oid for ruta in rutas_ if (oid := self.arbol.buscar(ruta))}


class Escribano:
    """Recibe los cambios como el motor, pero los junta en paquetes."""

    pendientes = ()

    def __init__(self, vista: EnMemoria) -> None:
        self.vista = vista
        self.base = vista.commit
        self.objetos: list[Objeto] = []
        self.etiquetas: dict[str, str] = {}
        self.arboles: dict[str, Any] = {}

    def registrar(self, cambio: Cambio) -> str:
        oids = {
            ruta: oid_de("blob", datos) if datos is not None else None
            for ruta, datos in cambio.archivos.items()
        }
        raiz, nuevos = aplicar(self.vista.arbol.oid(), oids, self._arbol)
        self.arboles.update({oid: leer_arbol(oid, datos) for oid, (_, datos) in nuevos.items()})
        blobs = {
            oid: datos for ruta, oid in oids.items() if oid and (datos := cambio.archivos[ruta]) is not None
        }
        self.vista.propios.update(blobs)
        self.vista.arbol.cambiar(oids)
        commit = armar_commit(cambio, raiz, self.base)
        self.base = oid_de("commit", commit)
        self.objetos += [*(("blob", datos) for datos in blobs.values()), *nuevos.values(), ("commit", commit)]
        for nombre, datos in (cambio.etiquetas(self.base) if cambio.etiquetas else {}).items():
            self.etiquetas[nombre] = oid_de("tag", datos)
            self.objetos.append(("tag", datos))
        if len(self.objetos) > POR_PAQUETE * 8:
            self.volcar()
        return self.base

    def _arbol(self, oid: str) -> Any:
        if oid not in self.arboles:
            self.arboles[oid] = leer_arbol(oid, self.vista.repo.leer_objeto(oid)[1])
        return self.arboles[oid]

    def volcar(self) -> None:
        """Deja lo juntado en un paquete de git."""
        orden = ["git", "index-pack", "--stdin"]
        subprocess.run(
            orden,
            cwd=self.vista.repo.raiz,
            input=armar_paquete(self.objetos),
            check=True,
            capture_output=True,
        )
        self.objetos = []


def construir(raiz: Path, movimientos: int) -> None:
    """Una carpeta de servicio con esa cantidad de movimientos, empacada."""
    inicio = datetime(2025, 1, 2, 12, tzinfo=UTC)
    iniciar(raiz, Inicial(configuracion(), trae.plantillas(), trae.series()), lambda: inicio, CORREO)
    repo = Repositorio.abrir(raiz)
    with repo.compartiendo():
        vista = EnMemoria(repo, repo.cabeza())
        escribano = Escribano(vista)
        azar = random.Random(9001)  # noqa: S311  (bytes que no se comprimen, siempre los mismos)
        hechos, codigo, contenido = 1, 0, b""
        while hechos < movimientos:
            vuelta, paso = divmod(hechos - 1, len(CICLO))
            codigo = vuelta % max(1, movimientos // (2 * len(CICLO)))
            if CICLO[paso] == "entregar":
                contenido = b"archivo %d " % hechos + azar.randbytes(TAMANO)
            instante = inicio + timedelta(minutes=10 * hechos)
            _un_movimiento(vista, escribano, (codigo, CICLO[paso]), contenido, instante)
            hechos += 1
        escribano.volcar()
    ordenes = [f"update refs/tags/{n} {o}\n" for n, o in escribano.etiquetas.items()]
    ordenes.append(f"update refs/heads/main {escribano.base}\n")
    subprocess.run(["git", "update-ref", "--stdin"], cwd=raiz, input="".join(ordenes).encode(), check=True)
    for orden in (["repack", "-a", "-d", "-q"], ["pack-refs", "--all"], ["reset", "-q", "--hard"]):
        subprocess.run(["git", *orden], cwd=raiz, check=True)
    subprocess.run(
        ["git", "commit-graph", "write", "--reachable", "--changed-paths"],
        cwd=raiz,
        check=True,
        capture_output=True,
    )


def _un_movimiento(
    vista: EnMemoria, escribano: Escribano, que: tuple[int, str], contenido: bytes, ahora: datetime
) -> None:
    numero, acto = que
    area = f"A{numero % AREAS:02d}"
    codigo = vista.servicio.mascara.formar(vista.servicio.tipos["archivo"].prefijo, area, numero // AREAS + 1)
    ficha = vista.buscar(codigo)
    if acto == "abrir":
        acto = "nueva-version" if ficha else "crear"
    correo = f"{DE.get(acto, 'cdoc')}@senopl.example"
    local = vista_ahora(vista, ahora)
    p = Pedido(
        acto,
        codigo,
        local.date(),
        local,
        correo,
        correo,
        motivo="Revisión" if acto == "nueva-version" else "",
    )
    if acto == "crear":
        p = p._replace(tipo="archivo", identidad=_identidad(area, numero))
    if acto in ("entregar", "enviar", "nueva-version", "emitir"):
        p, contenido = _con_archivo(vista, p, contenido)
    elif acto in ("revisar", "aprobar") and ficha:
        p = p._replace(huella=ficha.actos[-1].huella, sha256=ficha.actos[-1].sha256)
    bytes_nuevos = (contenido,) if p.archivo else ()
    pasos = [_decidir(vista, Propuesta(p, bytes_nuevos), SIN_PLUMA)]
    _anotar(escribano, vista, pasos, local, SIN_PLUMA)  # type: ignore[arg-type]


def vista_ahora(vista: Vista, ahora: datetime) -> datetime:
    """La hora en la zona del servicio."""
    from zoneinfo import ZoneInfo

    return ahora.astimezone(ZoneInfo(vista.servicio.zona_horaria)).replace(microsecond=0)


def _identidad(area: str, numero: int) -> dict[str, Any]:
    return {
        "titulo": f"Planilla {numero}",
        "area": area,
        "elabora": "cr1",
        "revisa": ["egt"],
        "aprueba": "dn",
        "responsable": "cr1",
    }


def _con_archivo(vista: EnMemoria, p: Pedido, contenido: bytes) -> tuple[Pedido, bytes]:
    """El pedido con su archivo y los bytes, como lo arma cada orden."""
    from sgc_gt.dominio.situacion import situacion

    ficha = vista.ficha(p.codigo)
    s = situacion(ficha)
    v = s.abierta or s.vigente
    motivo = p.motivo or (v.motivo if v else "")
    if p.acto == "nueva-version" and v:
        contenido = vista.leer(f"documentos/{ficha.identidad['area']}/{p.codigo}/{v.archivo}") or b""
        numero = f"{int(v.version) + 1:02d}"
    else:
        numero = v.version if v else "01"
    sha = hashlib.sha256(contenido).hexdigest()
    propia = huella_bytes(contenido, str(ficha.identidad["titulo"]), motivo)
    extra = {"generador": "sgc-gt 1"} if p.acto == "emitir" else {}
    return p._replace(huella=propia, sha256=sha, archivo=f"{p.codigo}_v{numero}.xlsx", extra=extra), contenido
