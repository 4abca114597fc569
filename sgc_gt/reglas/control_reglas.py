"""Las reglas de control de documentos que el procedimiento del servicio declara, y nada más.

Se extraen de la configuración y de la tabla de actos a un valor congelado. De ese valor, y solo de él, sale
el texto del procedimiento; su resumen es la huella de las reglas: el texto no puede cambiar sin que ella
cambie. Quiénes ejercen los cargos no está aquí: cambiar de personas no cambia el procedimiento.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sgc_gt.dominio import actos as tabla
from sgc_gt.dominio.codigos import FormatoVersion, Mascara
from sgc_gt.dominio.ficha import Paso
from sgc_gt.dominio.organizacion import Cargo
from sgc_gt.dominio.servicio import Excepcion, PasoCircuito, Servicio, Tipo
from sgc_gt.dominio.situacion import estado_en_ruta
from sgc_gt.reglas.control_reparto import ReglaReparto, ReglaSolicitud, repartos, solicitudes
from sgc_gt.reglas.control_titulares import Titulares, nombrar, sin_region, titulares

TIPO_PROCEDIMIENTO = "procedimiento"
"""El tipo cuyo circuito se dibuja en el diagrama de flujo."""


_DETALLE = ("soporte", "almacenamiento", "proteccion", "recuperacion")


class ReglaTipo(NamedTuple):
    """Lo que el servicio exige a un tipo de documento."""

    nombre: str
    clase: str
    prefijo: str
    ejemplo: str  # un código formado con la máscara
    circuito: str
    circuito_menor: str
    revision_meses: int
    retencion_anios: int
    aprobacion: tuple[str, ...]


class ReglaActo(NamedTuple):
    """Una fila de la tabla de actos, con los estados que los circuitos del servicio alcanzan de verdad."""

    nombre: str
    desde: tuple[str, ...]
    hasta: tuple[str, ...]
    quien: str
    exige: tuple[str, ...]


class ReglaSerie(NamedTuple):
    """Una serie de registros y cómo se controla. `propia`: la guarda control documental."""

    codigo: str
    nombre: str
    responsable: Titulares
    soporte: str
    almacenamiento: str
    proteccion: str
    recuperacion: str
    retencion_anios: int | None
    base_legal: str
    disposicion: str
    acceso: str
    propia: bool


class Reglas(NamedTuple):
    """Todo lo que el procedimiento declara, en un orden que no depende del orden del archivo."""

    servicio: str
    comite: str
    norma: str
    leyenda: str
    mascara: Mascara
    areas: tuple[tuple[str, str], ...]
    formato: FormatoVersion
    papeles: tuple[Titulares, ...]
    tipos: tuple[ReglaTipo, ...]
    procedimiento: str  # circuito del tipo «procedimiento»; vacío si el servicio no lo usa
    circuitos: tuple[tuple[str, tuple[PasoCircuito, ...]], ...]  # solo los que algún tipo usa
    cargos_de_paso: tuple[Titulares, ...]  # los papeles y cargos que esos circuitos nombran
    subrogancia: tuple[Titulares, ...]
    series: tuple[ReglaSerie, ...]
    excepciones: tuple[Excepcion, ...]
    actos: tuple[ReglaActo, ...]
    queman: tuple[str, ...]  # estados desde los que descartar consume el número de versión
    decisiones: tuple[str, ...]  # actos que nadie anota por otro sin respaldo
    firmas_exigidas: bool = False  # quien tiene una clave firma lo que anota
    distribucion: tuple[ReglaReparto, ...] = ()  # a quiénes llegan los documentos de cada tipo y área
    plazo_conocimiento: int = 0  # días corridos para tomar conocimiento desde que una versión rige
    solicitudes: tuple[ReglaSolicitud, ...] = ()  # por dónde va cada cosa que se pide

    def pasos(self) -> Iterator[tuple[str, PasoCircuito]]:
        """Cada paso con el nombre de su circuito."""
        return ((nombre, paso) for nombre, pasos in self.circuitos for paso in pasos)

    def acto(self, nombre: str) -> ReglaActo:
        """La fila de un acto que todo servicio tiene."""
        return next(a for a in self.actos if a.nombre == nombre)

    def usa(self, acto: str) -> bool:
        """Si algún circuito en uso pide ese acto."""
        return any(paso.acto == acto for _, paso in self.pasos())

    def cumplen(self, rol: str) -> tuple[str, ...]:
        """Los nombres de cargo de un papel de los circuitos; vacío si lo dice cada documento."""
        return next((t.cargos for t in self.cargos_de_paso if t.clave == rol), ())


def reglas_de(servicio: Servicio) -> Reglas:
    """Las reglas que rigen en el servicio."""
    tipos = sorted(
        (_tipo(servicio, tipo) for tipo in servicio.tipos.values()), key=lambda t: (t.prefijo, t.nombre)
    )
    circuitos = _circuitos(servicio, tipos)
    nombrados = sorted({paso.rol for _, pasos in circuitos for paso in pasos})
    procedimiento = servicio.tipos.get(TIPO_PROCEDIMIENTO)
    rutas = [ruta.pasos for tipo in servicio.tipos.values() for ruta in tipo.rutas]
    actos = tuple(_actos(servicio, [*(pasos for _, pasos in circuitos), *rutas]))
    alcanzados = {estado for acto in actos for estado in acto.hasta}
    return Reglas(
        servicio=servicio.nombre,
        comite=servicio.comite,
        norma=servicio.norma,
        leyenda=servicio.leyenda,
        mascara=servicio.mascara,
        areas=tuple(sorted(servicio.areas.items())),
        formato=servicio.formato,
        papeles=tuple(
            titulares(servicio, rol) for rol in sorted(servicio.roles) if not _es_cargo(servicio, rol)
        ),
        tipos=tuple(tipos),
        procedimiento=procedimiento.circuito if procedimiento else "",
        circuitos=circuitos,
        cargos_de_paso=tuple(titulares(servicio, rol) for rol in nombrados if servicio.con_rol(rol)),
        subrogancia=tuple(_subrogancia(servicio)),
        series=tuple(_series(servicio)),
        excepciones=tuple(sorted(servicio.excepciones)),
        actos=actos,
        queman=tuple(e for e in tabla.ABIERTOS if e in tabla.QUEMAN_NUMERO & alcanzados),
        decisiones=tuple(a.nombre for a in actos if a.nombre in tabla.CON_RESPALDO),
        firmas_exigidas=servicio.firmas_exigidas,
        distribucion=repartos(servicio),
        plazo_conocimiento=servicio.plazo_conocimiento,
        solicitudes=solicitudes(servicio),
    )


def _circuitos(
    servicio: Servicio, tipos: Iterable[ReglaTipo]
) -> tuple[tuple[str, tuple[PasoCircuito, ...]], ...]:
    """Los circuitos que algún tipo usa: los demás no rigen para nadie."""
    usados = {c for t in tipos for c in (t.circuito, t.circuito_menor) if c}
    return tuple((nombre, servicio.circuitos[nombre]) for nombre in sorted(usados))


def _tipo(servicio: Servicio, tipo: Tipo) -> ReglaTipo:
    es_registro = tipo.clase == "registro"
    area = tipo.paquete.upper()
    if area not in servicio.areas:
        area = min(servicio.areas, default="")
    return ReglaTipo(
        nombre=tipo.nombre,
        clase=tipo.clase,
        prefijo=tipo.prefijo,
        ejemplo=tipo.serie or servicio.mascara.formar(tipo.prefijo, area, 1),
        circuito=tipo.circuito,
        # Un registro no tiene versiones: ni cambios menores ni revisión periódica.
        circuito_menor="" if es_registro else tipo.circuito_menor or tipo.circuito,
        revision_meses=0 if es_registro else tipo.revision_meses,
        retencion_anios=tipo.retencion_anios,
        aprobacion=tipo.aprobacion,
    )


def _es_cargo(servicio: Servicio, rol: str) -> bool:
    """Si el rol es solo el nombre común de un cargo que hay en cada región (`dr`: dr-15, dr-01…)."""
    cargos = servicio.roles[rol]
    return bool(cargos) and all(c.startswith(f"{rol}-") and servicio.cargos[c].region for c in cargos)


def _subrogancia(servicio: Servicio) -> Iterator[Titulares]:
    """Cada cargo con quienes lo subrogan, en orden; los iguales de cada región van juntos."""
    filas: dict[tuple[str, tuple[str, ...]], list[Cargo]] = {}
    for cargo in servicio.cargos.values():
        siguen = tuple(sin_region(servicio.cargos[s]) for s in cargo.subrogantes if s in servicio.cargos)
        filas.setdefault((sin_region(cargo), siguen), []).append(cargo)
    nombradas = [(nombrar(base, grupo, len(servicio.regiones)), s) for (base, s), grupo in filas.items()]
    yield from (Titulares(nombre, siguen) for nombre, siguen in sorted(nombradas))


def _series(servicio: Servicio) -> Iterator[ReglaSerie]:
    propios = {"control_documental", *servicio.con_rol("control_documental")}
    for serie in sorted(servicio.series.values(), key=lambda s: s.codigo):
        campos = {c: v for c, v in serie._asdict().items() if c in ReglaSerie._fields}
        campos["responsable"] = titulares(servicio, serie.responsable)
        propia = serie.responsable in propios and not serie.documento
        if not propia:  # el detalle de las series ajenas lo dice el listado maestro, no este procedimiento
            campos |= dict.fromkeys(_DETALLE, "")
        yield ReglaSerie(**campos, propia=propia)


def _actos(servicio: Servicio, circuitos: list[tuple[PasoCircuito, ...]]) -> Iterator[ReglaActo]:
    """La tabla, sin los actos ni los estados que ningún circuito del servicio alcanza."""
    instancias = any(t.clase == "registro" for t in servicio.tipos.values())
    con_registros = instancias or bool(servicio.series)
    llegadas = _llegadas(circuitos)
    llegadas["emitir"] = (tabla.VIGENTE, tabla.EMITIDO, *((tabla.ARCHIVADO,) if instancias else ()))
    alcanzados = {e for estados in llegadas.values() for e in estados}
    fijos = {tabla.BORRADOR, tabla.EMITIDO, tabla.VIGENTE, tabla.OBSOLETO, tabla.DESCARTADO}
    fijos |= set(tabla.CONSERVADOS) if con_registros else set()
    for acto in tabla.TABLA:
        sobra = acto.nombre in tabla.EN_RUTA and not any(p.acto == acto.nombre for c in circuitos for p in c)
        sobra |= acto.nombre == "solicitar" and not any(t.rutas for t in servicio.tipos.values())
        de_registro = acto.hasta == tabla.ARCHIVADO or acto.nombre in tabla.VIDA
        if sobra or (de_registro and not con_registros):
            continue
        desde = tuple(e for e in acto.desde if e in fijos | alcanzados)
        no_mueve = acto.constancia or acto.hasta == tabla.MISMO
        hasta = () if no_mueve else llegadas.get(acto.nombre, (acto.hasta,))
        yield ReglaActo(acto.nombre, desde, hasta, acto.quien, acto.exige)


def _llegadas(circuitos: list[tuple[PasoCircuito, ...]]) -> dict[str, tuple[str, ...]]:
    """A qué estado lleva cada acto de ruta según lo que el circuito pide después."""
    llegadas: dict[str, set[str]] = {}
    for pasos in circuitos:
        ruta = tuple(Paso(p.acto, ()) for p in pasos)
        for i, acto in enumerate(("enviar", *(p.acto for p in pasos[:-1]))):
            llegadas.setdefault(acto, set()).add(estado_en_ruta(ruta, i))
    return {acto: tuple(sorted(estados, key=tabla.ABIERTOS.index)) for acto, estados in llegadas.items()}
