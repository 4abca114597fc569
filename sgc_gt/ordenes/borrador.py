"""El borrador Word de una versión: generarlo desde plantilla y datos, sellarlo y calcular su huella."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from sgc_gt.config.datos import Falta, validar_datos
from sgc_gt.config.lectura import leer_yaml
from sgc_gt.contexto import GENERADOR, Contexto, Vista
from sgc_gt.dominio.fechas import MESES, NOMBRES_MESES, imprimir_fecha, leer_fecha
from sgc_gt.dominio.ficha import Ficha, json_canonico
from sgc_gt.dominio.filas import nombre_cargo
from sgc_gt.dominio.huella import huella, huella_bytes
from sgc_gt.dominio.importado import conserva_formato
from sgc_gt.dominio.impresion import impresion
from sgc_gt.dominio.regiones import REGIONES, existentes, numero_de_anio
from sgc_gt.dominio.rutas import datos_de, nombre_archivo, ruta_borrador
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.dominio.situacion import Version, situacion
from sgc_gt.errores import EntradaInvalida
from sgc_gt.ordenes.pedido import Adjunto
from sgc_gt.word.diagrama import dibujar
from sgc_gt.word.extraer import forma_normal
from sgc_gt.word.guias import guias
from sgc_gt.word.plantilla import Plantilla
from sgc_gt.word.propiedades import leer_propias
from sgc_gt.word.puerta import abrir
from sgc_gt.word.sello import ValoresSello, sellar
from sgc_gt.word.sobrantes import sin_sobrantes as quitar_sobrantes
from sgc_gt.word.sobrantes import zonas_solas
from sgc_gt.word.zonas import Dano, danos, en_cuerpo

NOMBRES = frozenset({"servicio", "doc", "datos", "regiones", "meses", "imagenes"})
"""Lo que una plantilla puede nombrar."""


class Borrador(NamedTuple):
    """Un archivo listo para registrar, con lo que el movimiento dirá de él."""

    archivo: str
    contenido: bytes
    sha256: str
    huella: str
    datos: bytes | None = None

    @property
    def extra(self) -> dict[str, Any]:
        """Lo que el movimiento anota además: el resumen de los datos y la versión del generador."""
        if self.datos is None:
            return {}
        return {"datos_sha256": hashlib.sha256(self.datos).hexdigest(), "generador": GENERADOR}

    @property
    def bytes_nuevos(self) -> tuple[bytes, ...]:
        """Los bytes que la tabla de efectos pedirá."""
        return (self.contenido,) if self.datos is None else (self.contenido, self.datos)


def leer_datos(datos: bytes | None, lugar: str) -> Any:
    """El valor de unos datos YAML; {} si no hay."""
    return leer_yaml(datos, lugar, EntradaInvalida)[0] or {} if datos else {}


def huella_de(contenido: bytes, datos: bytes | None, titulo: str, motivo: str, archivo: str) -> str:
    """La huella de un archivo: por su forma normal si es Word; por sus bytes si es otro formato."""
    if not archivo.endswith(".docx"):
        return huella_bytes(contenido, titulo, motivo)
    canonicos = json_canonico(leer_datos(datos, archivo)) if datos else None
    return huella(forma_normal(contenido), canonicos, titulo, motivo)


def armar(contenido: bytes, datos: bytes | None, version: Version, archivo: str) -> Borrador:
    """El borrador con su resumen y su huella."""
    return Borrador(
        archivo,
        contenido,
        hashlib.sha256(contenido).hexdigest(),
        huella_de(contenido, datos, version.titulo, version.motivo, archivo),
        datos,
    )


def generar(vista: Vista, ficha: Ficha, version: str, datos: bytes) -> Borrador:
    """El borrador que resulta de la plantilla del tipo y esos datos; los mismos dan los mismos bytes."""
    plantilla = vista.plantilla(ficha.tipo)
    if plantilla is None:
        raise ValueError(f"el tipo {ficha.tipo} no lleva plantilla")
    v = _exigir(ficha, version)
    lugar = nombre_archivo(ficha.codigo, version, ".datos.yaml")
    valor = leer_datos(datos, lugar)
    contexto = {**contexto_de(vista, ficha, version), "datos": valor, "imagenes": _imagenes(valor)}
    try:
        contenido = plantilla.generar(contexto, filtros(vista.servicio))
    except EntradaInvalida as error:
        raise _en_los_datos(vista, ficha.tipo, datos, lugar) or error from error
    archivo = nombre_archivo(ficha.codigo, version, ".docx")
    return armar(sellado(vista, ficha, version, contenido), datos, v, archivo)


def _en_los_datos(vista: Vista, tipo: str, datos: bytes, lugar: str) -> EntradaInvalida | None:
    """Si la plantilla tropezó con un elemento a medio escribir, el rechazo que lo nombra en los datos."""
    a_medias = [f for f in faltas(vista, tipo, datos, lugar) if any(isinstance(p, int) for p in f.ruta)]
    if not a_medias:
        return None
    return EntradaInvalida(
        "hay elementos a medio escribir en los datos",
        lugar=lugar,
        hacer="complételos, o quítelos hasta tener todo",
        problemas=[f.problema() for f in a_medias],
    )


def plantilla_de(vista: Vista, ficha: Ficha) -> Plantilla | None:
    """La plantilla que da forma a este documento; None si es de cualquier formato o conserva el suyo."""
    return None if conserva_formato(ficha) else vista.plantilla(ficha.tipo)


def sellado(vista: Vista, ficha: Ficha, version: str, contenido: bytes) -> bytes:
    """El archivo con sus zonas controladas al día según la ficha: borrador o emitida."""
    return sellar(
        contenido,
        valores(vista, ficha, version),
        plantilla=None if conserva_formato(ficha) else vista.plantilla(ficha.tipo, solo_margenes=True),
        contexto=contexto_de(vista, ficha, version),
        filtros=filtros(vista.servicio),
    )


def recibir(contenido: bytes, nombre: str) -> None:
    """Pasa un archivo de fuera por la puerta de seguridad; EntradaInvalida si no la cruza."""
    if nombre.lower().endswith(".docx"):
        abrir(contenido, nombre)


def _exigir(ficha: Ficha, version: str) -> Version:
    v = situacion(ficha).de(version)
    if v is None:
        raise ValueError(f"{ficha.codigo} no tiene versión {version}")
    return v


def _imagenes(datos: Any) -> Mapping[str, Any]:
    flujo = datos.get("flujo") if isinstance(datos, dict) else None
    return {"flujo": dibujar(flujo)} if flujo else {}


def contexto_de(vista: Vista, ficha: Ficha, version: str) -> dict[str, Any]:
    """Lo que una plantilla puede nombrar, aparte de `datos`: servicio, doc, regiones, meses."""
    s, org, identidad = vista.servicio, vista.organizacion, ficha.identidad

    def cargos(campo: str) -> str:
        valor = identidad.get(campo, ())
        return org.nombres((valor,) if isinstance(valor, str) else tuple(valor)) if valor else ""

    tipo = s.tipos[ficha.tipo]
    area = str(identidad.get("area", ""))
    anio = identidad.get("anio") or _exigir(ficha, version).abierta.year
    return {
        "servicio": {"nombre": s.nombre, "sigla": s.sigla, "ministerio": s.ministerio, "comite": s.comite},
        "doc": {
            "codigo": ficha.codigo,
            "titulo": identidad.get("titulo", ""),
            "version": version,
            "tipo": tipo.id,
            "tipo_nombre": tipo.nombre,
            "area": area,
            "area_nombre": s.areas.get(area, area),
            "elabora": cargos("elabora"),
            "revisa": cargos("revisa"),
            "aprueba": cargos("aprueba"),
            "responsable": cargos("responsable"),
            "anio": anio,
            "norma": s.norma,
        },
        "regiones": [
            {"cod": r.codigo, "nombre": r.nombre, "abrev": r.abreviatura}
            for r in (REGIONES[codigo] for codigo in existentes(s.regiones, numero_de_anio(anio)))
        ],
        "meses": list(MESES),
    }


def filtros(servicio: Servicio) -> Mapping[str, Callable[..., str]]:
    """Los filtros de las plantillas, con los nombres de este servicio."""

    def cargo(valor: Any) -> str:
        ids = [valor] if isinstance(valor, str) else list(valor or ())
        return lista([nombre_cargo(servicio, str(i)) for i in ids])

    def region(valor: Any) -> str:
        if valor == "todas":
            return "Todas las regiones"
        codigos = [valor] if isinstance(valor, str) else list(valor or ())
        return lista([REGIONES[str(c)].nombre if str(c) in REGIONES else str(c) for c in codigos])

    return {
        "cargo": cargo,
        "region": region,
        "fecha": lambda v: imprimir_fecha(leer_fecha(str(v))) if v else "",
        "mes": lambda v: NOMBRES_MESES[int(v) - 1],
        "miles": lambda v: f"{round(float(v)):,}".replace(",", "."),
        "si_no": lambda v: "Sí" if v else "No",
        "lista": lista,
    }


def lista(valores: Any) -> str:
    """«a, b y c»; un solo valor, tal cual."""
    textos = [valores] if isinstance(valores, str) else [str(v) for v in valores or ()]
    return textos[0] if len(textos) == 1 else ", ".join(textos[:-1]) + f" y {textos[-1]}" if textos else ""


def valores(vista: Vista, ficha: Ficha, version: str) -> ValoresSello:
    """Los valores que las zonas controladas deben mostrar según la ficha."""
    impreso = impresion(ficha, version, vista.organizacion, vista.servicio.nombre)
    # La base: el movimiento sobre el que trabaja quien edite este archivo. Viaja en sus propiedades.
    textos = {**impreso.textos, "base": str(len(ficha.actos))}
    return ValoresSello(textos, impreso.tablas, impreso.marca)


def zonas_danadas(vista: Vista, ficha: Ficha, version: str, contenido: bytes) -> list[Dano]:
    """Las zonas controladas que el archivo trae dañadas, de entre las que la plantilla de su tipo tiene."""
    plantilla = plantilla_de(vista, ficha)
    propias = en_cuerpo(plantilla.partes) if plantilla else frozenset()
    return danos(contenido, valores(vista, ficha, version), zonas=propias)


def sin_sobrantes(vista: Vista, ficha: Ficha, version: str, contenido: bytes) -> bytes:
    """El archivo sin lo que alguien tecleó encima de una zona controlada y quedó fuera de ella."""
    plantilla = plantilla_de(vista, ficha)
    solas = zonas_solas(plantilla.partes) if plantilla else frozenset()
    return quitar_sobrantes(contenido, valores(vista, ficha, version), solas)


def guias_de(vista: Vista, ficha: Ficha) -> frozenset[str]:
    """Los textos de guía que la plantilla de su tipo trae."""
    plantilla = plantilla_de(vista, ficha)
    return guias(plantilla.partes) if plantilla else frozenset()


def propias_de(entregado: Adjunto) -> Mapping[str, str]:
    """Lo que el archivo dice de sí en sus propiedades; vacío si no es de Word."""
    if not entregado.nombre.lower().endswith(".docx"):
        return {}
    return leer_propias(abrir(entregado.contenido, entregado.nombre))


def sustituibles(ctx: Contexto, vista: Vista, ficha: Ficha, v: Version) -> dict[str, str]:
    """El borrador de la carpeta, si dice lo mismo que el registrado aunque sus bytes sean otros.

    Guardar en Word sin cambiar nada mueve los bytes; ese archivo se puede reemplazar sin perder nada.
    """
    ruta = ruta_borrador(ficha, v.archivo)
    en_disco = ctx.raiz / ruta
    if not v.archivo.endswith(".docx") or not en_disco.is_file():
        return {}
    contenido = en_disco.read_bytes()
    oid = ctx.repo.oid_en_trabajo(ruta)
    if oid is None or contenido == vista.leer(ruta):
        return {}
    try:
        misma = huella_de(contenido, vista.leer(datos_de(ruta)), v.titulo, v.motivo, v.archivo) == v.huella
    except EntradaInvalida:  # a medio guardar, o ya no es un documento de Word: se conserva
        return {}
    return {ruta: oid} if misma else {}


def faltas(vista: Vista, tipo: str, datos: bytes | None, lugar: str) -> tuple[Falta, ...]:
    """Lo que a esos datos les falta o les sobra según el esquema del tipo, con el requisito que responde."""
    esquema = vista.servicio.tipos[tipo].datos
    if not esquema:
        return ()
    valor, lineas = leer_yaml(datos or b"{}\n", lugar, EntradaInvalida)
    return tuple(validar_datos(esquema, valor or {}, lugar, lineas))


def exigir_datos(vista: Vista, tipo: str, datos: bytes, lugar: str) -> None:
    """Rechaza datos mal formados (tipo equivocado, clave desconocida); los incompletos son un borrador."""
    malos = [f for f in faltas(vista, tipo, datos, lugar) if not f.incompleta]
    if malos:
        raise EntradaInvalida(
            "los datos no se entienden",
            lugar=lugar,
            hacer="corrija lo indicado y repita la orden",
            problemas=[f.problema() for f in malos],
        )


def de_archivo(ficha: Ficha, version: str, adjunto: Adjunto) -> Borrador:
    """El borrador de un documento de cualquier formato: sus bytes tal como llegaron."""
    extension = "." + adjunto.nombre.rpartition(".")[2].lower()
    archivo = nombre_archivo(ficha.codigo, version, extension)
    return armar(adjunto.contenido, None, _exigir(ficha, version), archivo)
