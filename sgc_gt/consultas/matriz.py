"""`matriz`: se reúne lo que rige y lo archivado de los objetos de cada sistema, y qué tienen en blanco.

Qué responde a qué lo decide `dominio.matriz`. Lo que unos datos dejan en blanco se recuerda por el resumen
de sus bytes y de los de su tipo: la segunda vez no se lee YAML ni se valida nada.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from sgc_gt.consultas.antecedentes import antecedentes
from sgc_gt.consultas.estandarizacion import estandarizacion
from sgc_gt.consultas.formas_leidas import FormasLeidas
from sgc_gt.consultas.lecturas import Lecturas
from sgc_gt.consultas.pedidos import pedidos_vigentes
from sgc_gt.consultas.revisado import ruta_de
from sgc_gt.consultas.versiones import datos_de as datos_de_la_historia
from sgc_gt.contexto import Vista
from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio import rutas
from sgc_gt.dominio.ficha import Ficha
from sgc_gt.dominio.forma import secciones
from sgc_gt.dominio.importado import afuera
from sgc_gt.dominio.matriz_valores import Abierto, Escrito, Materia
from sgc_gt.dominio.origen import es_generado
from sgc_gt.dominio.periodos import anio_que_cubre
from sgc_gt.dominio.registros import con_serie
from sgc_gt.dominio.servicio import Tipo
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.reglas.textos import clave
from sgc_gt.repositorio.objetos import oid_de_blob

FORMATO = 1
Blancos = Mapping[str, tuple[str, ...]]


def materia(vista: Vista, fecha: date, periodo: str) -> Materia:
    """Todo lo que la matriz mira, como estaba en la fecha."""
    s = vista.servicio
    de_serie = {t.serie: t for t in s.tipos.values() if t.serie and t.clase == "registro"}
    objetos = [o for c in s.catalogos for o in c.objetos]
    pedibles = {t for o in objetos for t in (*o.tipos, o.serie)}
    sin_tipo = {
        o.serie: Tipo(o.serie, o.nombre, "", "registro", "", serie=o.serie) for o in objetos if o.serie
    }
    with vista.repo.compartiendo(), FormasLeidas(vista.repo.raiz).recordando() as formas:
        fichas = list(vista.fichas())
        lector = _Lector(vista, formas)
        escritos: list[Escrito] = []
        abiertos: list[Abierto] = []
        for ficha in fichas:
            base = ficha.codigo.split("/")[0]
            tipo = de_serie.get(base) or sin_tipo.get(base) or s.tipos.get(ficha.tipo)
            if tipo is None or tipo.id not in pedibles or ficha.actos[0].fecha > fecha:
                continue
            escritos += lector.escritos(ficha, tipo, fecha, periodo)
            if abierta := situacion(ficha, fecha).abierta:
                abiertos.append(Abierto(ficha.codigo, tipo.id, abierta.version, abierta.estado))
        lector.lecturas.guardar()
        pedidos = defaultdict(list)
        for p, serie in con_serie(pedidos_vigentes(vista, fichas, fecha), s.series):
            pedidos[serie.codigo if serie else ""].append(p.procedimiento)
        hay = {e.tipo for e in escritos}
        return Materia(
            s,
            periodo,
            tuple(sorted(escritos, key=lambda e: (e.desde or date.min, e.codigo), reverse=True)),
            tuple(abiertos),
            estandarizacion(vista, fecha),
            frozenset(a.tipo for a in antecedentes(vista) if a.tipo not in hay),
            {serie: tuple(dict.fromkeys(ps)) for serie, ps in pedidos.items()},
            {t.id: t.requisitos() for t in s.tipos.values()},
        )


class _Lector:
    """Lee lo escrito; lo recordado no se vuelve a leer."""

    def __init__(self, vista: Vista, formas: FormasLeidas) -> None:
        self._vista, self._formas = vista, formas
        self.lecturas = Lecturas(vista.repo.raiz, f"contenidos-{FORMATO}")

    def escritos(self, ficha: Ficha, tipo: Tipo, fecha: date, periodo: str) -> Iterator[Escrito]:
        """Lo que rige de un código, y la última versión que rigió en el período, si es otra."""
        s = situacion(ficha, fecha)
        regidas = [v for v in s.versiones if v.vigente_desde and v.vigente_desde <= fecha and v.emision]
        del_periodo = [v for v in regidas if periodo in (anio_que_cubre(ficha, v), str(v.vigente_desde)[:4])]
        ultimas = [v for v in (s.vigente, del_periodo[-1] if del_periodo else None) if v]
        for v in _distintas(ultimas):
            yield self._escrito(ficha, tipo, v)

    def _escrito(self, ficha: Ficha, tipo: Tipo, v: Version) -> Escrito:
        blancos, con_datos = self._blancos(ficha, tipo, v)
        aprobo = next((m for m in reversed(v.firmas) if m.acto == "aprobar"), None)
        viso = next((m for m in reversed(v.firmas) if m.acto == "visar"), None)
        de_fuera = afuera(v.emision) if v.importada and v.emision else None
        return Escrito(
            ficha.codigo,
            tipo.id,
            v.version,
            v.vigente_desde or v.abierta,
            anio_que_cubre(ficha, v),
            ficha.region,
            aprobo.fecha if aprobo else de_fuera.fecha if de_fuera else None,
            self._vista.organizacion.nombre_cargo(aprobo.cargo)
            if aprobo
            else de_fuera.aprobo
            if de_fuera
            else "",
            viso.fecha if viso else None,
            next((e.numero for e in viso.evidencia if e.numero), "") if viso else "",
            self._registro(ficha, tipo, v),
            v.importada,
            con_datos,
            blancos,
        )

    def _registro(self, ficha: Ficha, tipo: Tipo, v: Version) -> str:
        """La entrada en el listado de registros: la instancia, o la serie y el período de un documento."""
        if ficha.clase == "registro":
            return ficha.codigo
        serie = self._vista.servicio.series.get(tipo.serie)
        return f"{serie.codigo} ({anio_que_cubre(ficha, v)})" if serie and v.emision else ""

    def _blancos(self, ficha: Ficha, tipo: Tipo, v: Version) -> tuple[Blancos, bool]:
        """Lo que la versión deja en blanco, por requisito; y si trae datos que mirar."""
        if not v.archivo or ficha.actos[0].acto == "registrar":
            return {}, False
        ruta = rutas.datos_de(ruta_de(ficha, v))
        oid = self._vista.oids([ruta]).get(ruta)
        if oid is None and tipo.datos and es_generado(ficha, v) and v.estado == tabla.OBSOLETO:
            datos = datos_de_la_historia(self._vista, ficha, v)
            return (self._de_datos(oid_de_blob(datos), datos, tipo), True) if datos else ({}, False)
        if oid is not None and tipo.datos:
            return self._de_datos(oid, None, tipo, ruta), True
        return self._de_word(ficha, tipo, v), False

    def _de_datos(self, oid: str, datos: bytes | None, tipo: Tipo, ruta: str = "") -> Blancos:
        clave_ = f"{oid}:{self._vista.configuracion().get(f'{rutas.PLANTILLAS}/{tipo.id}.yaml', '')}"
        recordado = self.lecturas.buscar(clave_)
        if recordado is None:
            recordado = _faltantes(datos if datos is not None else self._vista.leer(ruta) or b"", tipo)
            self.lecturas.anotar(clave_, recordado)
        return {r: tuple(dichos) for r, dichos in recordado.items()}

    def _de_word(self, ficha: Ficha, tipo: Tipo, v: Version) -> Blancos:
        """De un Word sin datos: las secciones exigidas que no están, por los requisitos que responden."""
        if not v.archivo.endswith(".docx"):
            return {}
        ruta = ruta_de(ficha, v)
        contenido = self._vista.leer(ruta)
        if contenido is None:
            return {}
        forma = self._formas.leer(oid_de_blob(contenido), contenido, v.archivo).forma
        titulos = {clave(s.titulo) for s in secciones(forma)}
        blancos = defaultdict(list)
        for s in tipo.secciones:
            for r in s.requisitos if clave(s.titulo) not in titulos else ():
                blancos[r].append(s.titulo)
        return {r: tuple(t) for r, t in blancos.items()}


def _distintas(versiones: Iterable[Version]) -> list[Version]:
    return list({v.version: v for v in versiones}.values())


def _faltantes(datos: bytes, tipo: Tipo) -> dict[str, list[str]]:
    """Por requisito, los nombres de lo que está en blanco o no sirve."""
    # Aquí, y no arriba: lo recordado no paga leer YAML ni cargar la validación.
    from sgc_gt.config.datos import validar_datos  # noqa: PLC0415
    from sgc_gt.config.lectura import leer_yaml  # noqa: PLC0415
    from sgc_gt.config.oraciones import REPETIDO  # noqa: PLC0415

    blancos: dict[str, list[str]] = defaultdict(list)
    for falta in validar_datos(tipo.datos, leer_yaml(datos, tipo.id)[0], tipo.id):
        if falta.clase == REPETIDO:
            continue  # se exige al escribir; lo ya emitido se lee como está
        nombre = falta.titulo or str(falta.ruta[-1] if falta.ruta else tipo.nombre)
        for r in dict.fromkeys((falta.requisito, *falta.requisitos)):
            if r and nombre not in blancos[r]:
                blancos[r].append(nombre)
    return dict(blancos)
