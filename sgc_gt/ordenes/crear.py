"""`crear`: un código nuevo, su identidad y, si su tipo lleva plantilla, su primer borrador."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sgc_gt.contexto import Contexto, Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.codigos import Partes, exigir_codigo
from sgc_gt.dominio.parecidos import esperados
from sgc_gt.dominio.periodos import aviso_de_pasado, leer_periodo
from sgc_gt.dominio.servicio import Servicio, Tipo
from sgc_gt.errores import NoEncontrado, UsoIncorrecto
from sgc_gt.ordenes import borrador as taller
from sgc_gt.ordenes.area import area_dicha
from sgc_gt.ordenes.de_formularios import Destino, descuadres_en, recibir_datos
from sgc_gt.ordenes.destinatarios import destinatario
from sgc_gt.ordenes.hojas import llenos
from sgc_gt.ordenes.movimiento import Propuesta, Resultado, registrar
from sgc_gt.ordenes.pedido import Adjunto, Peticion, pedido
from sgc_gt.ordenes.productos import con_productos
from sgc_gt.ordenes.propuesta import con_archivo
from sgc_gt.ordenes.region import region_del_registro

POR_OMISION = {
    "revisa": ("representante_direccion",),
    "aprueba": ("jefe_servicio",),
}


class Nuevo(NamedTuple):
    """Lo que se sabe del documento que se crea; lo vacío toma lo que el servicio usa por omisión."""

    tipo: str
    titulo: str
    codigo: str = ""
    area: str = ""
    elabora: str = ""
    revisa: tuple[str, ...] = ()
    aprueba: str = ""
    responsable: str = ""
    periodo: str = ""
    region: str = ""
    para: tuple[str, ...] = ()
    documento: str = ""  # aquel de que trata, si el tipo se llena con lo anotado de él


def crear(
    ctx: Contexto,
    nuevo: Nuevo,
    peticion: Peticion,
    *,
    datos: Adjunto | None = None,
    archivo: Adjunto | None = None,
) -> Resultado:
    """Crea el documento (o la instancia de un registro) y genera su borrador."""

    nuevo = nuevo._replace(periodo=leer_periodo(nuevo.periodo))
    avisos: list[str] = []

    def preparar(vista: Vista, ahora: datetime) -> list[Propuesta]:
        tipo = _tipo(vista.servicio, nuevo.tipo)
        area = _area(vista.servicio, tipo, nuevo)
        codigo = _codigo(vista, tipo, area, nuevo, ahora)
        fuente = _fuente(vista, tipo, nuevo, ahora, datos, avisos) if tipo.con_plantilla else b""
        if tipo.clase != "registro":  # un registro llega cuando llega: lo normal es que su año haya pasado
            avisos.extend(aviso_de_pasado(nuevo.periodo, ahora.year))
        lugar = datos.nombre if datos else "datos"
        taller.exigir_datos(vista, tipo.id, fuente, lugar)
        region = region_del_registro(vista.servicio, tipo, nuevo.region, taller.leer_datos(fuente, lugar))
        pide = con_productos(vista, peticion, peticion.fecha or ahora.date())
        p, evidencia = pedido(ctx, "crear", codigo, None, pide, ahora)
        p = p._replace(tipo=tipo.id, identidad=_identidad(vista.servicio, area, nuevo, codigo, region))
        ficha = vista.buscar(codigo)
        avisos[:] = dict.fromkeys((*avisos, *_de_que_anio(vista.servicio, tipo, nuevo, ahora)))
        if tipo.con_plantilla:
            armar = lambda f, version: taller.generar(vista, f, version, fuente)  # noqa: E731
        elif archivo:
            taller.recibir(archivo.contenido, archivo.nombre)
            armar = lambda f, version: taller.de_archivo(f, version, archivo)  # noqa: E731
        else:
            return [Propuesta(p, evidencias=evidencia)]
        return [con_archivo(vista, ficha, p, evidencia, armar)]

    resultado = registrar(ctx, preparar)[0]
    return resultado._replace(avisos=(*resultado.avisos, *avisos))


def _de_que_anio(servicio: Servicio, tipo: Tipo, nuevo: Nuevo, ahora: datetime) -> list[str]:
    """Lo que se escribe en un año para el siguiente dice de cuál es: sus plazos son de ese año."""
    if nuevo.periodo or tipo.id not in servicio.adelantados:
        return []
    este, otro = ahora.year, ahora.year + 1
    return [
        f"los plazos de este documento son del {este}; si compromete el {otro}, descártelo y créelo de nuevo "
        f"con --periodo {otro}"
    ]


def _fuente(
    vista: Vista, tipo: Tipo, nuevo: Nuevo, ahora: datetime, datos: Adjunto | None, avisos: list[str]
) -> bytes:
    """Los datos con que nace el documento; lo que conviene contar de ellos queda en `avisos`."""
    if datos is None:
        return llenos(vista, tipo, nuevo.documento, ahora.date()) if nuevo.documento else b"{}\n"
    anio = int(nuevo.periodo[:4]) if nuevo.periodo[:4].isdigit() else ahora.year
    recibido = recibir_datos(vista, Destino(tipo, anio), [datos])
    avisos[:] = [*recibido.avisos, *descuadres_en(vista, tipo.id, recibido.adjunto)]
    return recibido.adjunto.contenido


def _tipo(servicio: Servicio, tipo: str) -> Tipo:
    if tipo not in servicio.tipos:
        raise NoEncontrado(
            f"el tipo «{tipo}» no existe en este servicio",
            esperado=esperados(tipo, sorted(servicio.tipos)),
            hacer="vea los tipos con: sgc-gt tipos",
        )
    return servicio.tipos[tipo]


def _area(servicio: Servicio, tipo: Tipo, nuevo: Nuevo) -> str:
    """La del código si se dio uno; la pedida; la que su serie o su tipo dice; o la única que haya."""
    partes = _partes(servicio, tipo, nuevo)
    area = nuevo.area or (partes.area if partes else "")
    if partes and partes.area and partes.area != area:
        raise UsoIncorrecto(
            f"el código {nuevo.codigo} es del área {partes.area}, no de {area}", lugar="--codigo"
        )
    area = area or area_dicha(servicio, tipo, nuevo.codigo)
    if not area and len(servicio.areas) == 1:
        area = next(iter(servicio.areas))
    if area not in servicio.areas:
        raise UsoIncorrecto(
            f"«{area}» no es un área del servicio" if area else "falta decir el área",
            lugar="--area",
            esperado=", ".join(servicio.areas),
            hacer="use una de ellas, o agregue el área en la configuración",
        )
    return area


def _partes(servicio: Servicio, tipo: Tipo, nuevo: Nuevo) -> Partes | None:
    """Las partes del código pedido; UsoIncorrecto si no sirve o no es de ese tipo. None si no se pidió."""
    if not nuevo.codigo or tipo.clase == "registro":
        return None
    partes = servicio.mascara.leer(exigir_codigo(nuevo.codigo))
    if partes is None or partes.tipo != tipo.prefijo:
        ejemplo = servicio.mascara.formar(tipo.prefijo, nuevo.area or next(iter(servicio.areas)), 1)
        raise UsoIncorrecto(
            f"el código {nuevo.codigo} no corresponde a un documento de tipo «{tipo.nombre}»",
            lugar="--codigo",
            esperado=f"un código como {ejemplo}",
        )
    return partes


def _codigo(vista: Vista, tipo: Tipo, area: str, nuevo: Nuevo, ahora: datetime) -> str:
    if tipo.clase == "registro":
        return _instancia(vista, tipo, nuevo, ahora)
    mascara = vista.servicio.mascara
    if nuevo.codigo:
        return nuevo.codigo
    codigos = vista.codigos()
    if tipo.serie and tipo.serie not in codigos:
        return tipo.serie
    usados = [mascara.leer(c) for c in codigos]
    reservados = [mascara.leer(s.codigo) for s in vista.servicio.series.values() if s.codigo != tipo.serie]
    numeros = [
        p.numero
        for p in [*usados, *reservados]
        if p and p.tipo == tipo.prefijo and (not p.area or p.area == area)
    ]
    return mascara.formar(tipo.prefijo, area, max(numeros, default=0) + 1)


def _instancia(vista: Vista, tipo: Tipo, nuevo: Nuevo, ahora: datetime) -> str:
    """`RG-SGC-05/2026/001`: la serie del tipo, el período y el correlativo dentro de él."""
    serie = vista.servicio.serie(nuevo.codigo or tipo.serie)
    return siguiente_instancia(vista, serie.codigo, nuevo.periodo or str(ahora.year))


def _encargado(servicio: Servicio, area: str, nuevo: Nuevo) -> str:
    """Quien elabora si no se dice: el rol encargado de esa área o de ese sistema, o control documental."""
    roles = (f"encargado_{area.lower()}", f"encargado_{servicio.tipos[nuevo.tipo].paquete}")
    return next((r for r in roles if r in servicio.roles), "control_documental")


def siguiente_instancia(vista: Vista, serie: str, periodo: str) -> str:
    """El código de la instancia que sigue en la serie y el período."""
    previas = vista.nombres(rutas.carpeta_registro(f"{serie}/{periodo}"))
    numero = max((int(n) for n in previas if n.isdecimal()), default=0) + 1
    return f"{serie}/{periodo}/{numero:03d}"


def _identidad(servicio: Servicio, area: str, nuevo: Nuevo, codigo: str, region: str) -> Mapping[str, Any]:
    serie = servicio.series.get(codigo.partition("/")[0])
    elabora = nuevo.elabora or (serie.responsable if serie else "")
    if not elabora:
        elabora = _encargado(servicio, area, nuevo)
    revisa = nuevo.revisa or tuple(r for r in POR_OMISION["revisa"] if r in servicio.roles)
    aprueba = nuevo.aprueba or POR_OMISION["aprueba"][0]
    identidad: dict[str, Any] = {
        "titulo": nuevo.titulo.strip(),
        "area": area,
        "elabora": _cargo(servicio, elabora, "--elabora", region),
        "revisa": [_cargo(servicio, r, "--revisa") for r in revisa],
        "aprueba": _cargo(servicio, aprueba, "--aprueba"),
        "responsable": _cargo(servicio, nuevo.responsable or elabora, "--responsable", region),
    }
    if nuevo.periodo:
        identidad["anio"] = nuevo.periodo
    if region:
        identidad["region"] = region
    if nuevo.para:
        identidad["distribucion"] = [destinatario(servicio, p, "--para") for p in nuevo.para]
    return identidad


def _cargo(servicio: Servicio, cargo: str, opcion: str, region: str = "") -> str:
    """El cargo que ese nombre designa: uno del catálogo; de un rol, el de esa región o el primero."""
    cargos = servicio.con_rol(cargo) if cargo else ()
    if not cargos:
        raise UsoIncorrecto(
            f"«{cargo}» no es un cargo del servicio" if cargo else "falta el cargo",
            lugar=opcion,
            esperado=esperados(cargo, servicio.cargos),
            hacer="use la clave de un cargo de la configuración",
        )
    return next((c for c in cargos if region and servicio.cargos[c].region == region), cargos[0])
