"""`iniciar`: la carpeta de un servicio, con su configuración, sus plantillas y su primer movimiento."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sgc_gt.config.carga import cargar
from sgc_gt.config.escritura import Parte, escribir
from sgc_gt.config.lectura import leer_yaml
from sgc_gt.consultas.derivadas import aplicar, cambios
from sgc_gt.contexto import Contexto, Persona
from sgc_gt.dominio import filas, rutas
from sgc_gt.dominio.caso import Pedido
from sgc_gt.dominio.ficha import escribir_ficha
from sgc_gt.dominio.ficha_sistema import CODIGO, ficha_vacia, organizacion
from sgc_gt.dominio.mensaje import mensaje
from sgc_gt.dominio.series import registros_al_dia
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.dominio.sistema import decidir_sistema
from sgc_gt.dominio.tabla import Tabla
from sgc_gt.errores import ConfiguracionInvalida
from sgc_gt.listas.csv import a_csv
from sgc_gt.ordenes.crear import Nuevo, crear
from sgc_gt.ordenes.movimiento import firmas
from sgc_gt.ordenes.pedido import Adjunto, Peticion
from sgc_gt.ordenes.reglas import Fuente, fuente
from sgc_gt.reglas.control_documental import TITULO
from sgc_gt.repositorio.lugar import exigir_disco_local, exigir_ruta_corta
from sgc_gt.repositorio.repositorio import Repositorio
from sgc_gt.repositorio.valores import Cambio, Firma

GITATTRIBUTES = b"* -text -merge\n*.docx diff=docx\n"
GITIGNORE = b"evidencias/\n~$*\n.~lock.*\n*.tmp\n*.con-observaciones*.docx\n"


class Inicial(NamedTuple):
    """Con qué nace el servicio: su configuración y los archivos que trae el programa."""

    sgc: bytes
    plantillas: Mapping[str, bytes]  # nombre → bytes
    series: bytes
    otros: Mapping[str, bytes] = {}  # ruta → bytes
    requisitos: Mapping[str, bytes] = {}  # nombre → bytes


def iniciar(
    raiz: Path, inicial: Inicial, reloj: Callable[[], datetime], correo: str, identificar: bool = True
) -> Contexto:
    """Crea la carpeta y registra el acto `iniciar`; devuelve el contexto para seguir con otros.

    `correo` es quien lo hace si figura como control documental; si no, se toma a quien la configuración
    nombra, y la carpeta queda identificada con esa persona. Sin `identificar`, no: quien entre después al
    mismo equipo con otro usuario es quien dice su propio git.
    """
    exigir_disco_local(raiz)
    exigir_ruta_corta(raiz.absolute())
    servicio, configuracion = _configuracion(inicial)
    ahora = reloj().astimezone(ZoneInfo(servicio.zona_horaria)).replace(microsecond=0)
    quien = _quien(servicio, correo, ahora)
    extra = {
        "archivos": {r: hashlib.sha256(d).hexdigest() for r, d in sorted(configuracion.items())},
    }
    pedido = Pedido("iniciar", CODIGO, ahora.date(), ahora, quien, quien, extra=extra)
    ficha = ficha_vacia()
    movimiento = decidir_sistema(servicio, ficha, pedido)
    despues = ficha.con(movimiento)
    org = organizacion(servicio, despues)
    autor, registra = firmas(org, movimiento)
    cambio = Cambio(
        mensaje=mensaje([despues], org),
        autor=autor,
        registra=registra,
        instante=ahora,
        archivos={
            **configuracion,
            **inicial.otros,
            ".gitattributes": GITATTRIBUTES,
            ".gitignore": GITIGNORE,
            rutas.SISTEMA: escribir_ficha(despues),
            **_listas_vacias(servicio),
            **aplicar(None, cambios(None, servicio, [despues])),
        },
    )
    Repositorio.crear(raiz, cambio, Firma(registra.nombre, quien) if identificar else None)
    return Contexto(raiz, reloj, Persona(quien))


def _configuracion(inicial: Inicial) -> tuple[Servicio, dict[str, bytes]]:
    """El servicio y sus archivos, sin las plantillas ni los requisitos de los paquetes que no usa."""
    plantillas = {f"{rutas.PLANTILLAS}/{n}": d for n, d in inicial.plantillas.items()}
    base = {rutas.CONFIGURACION: inicial.sgc, rutas.SERIES: inicial.series}
    requisitos = {f"{rutas.REQUISITOS}/{n}": d for n, d in inicial.requisitos.items()}
    tipos = {r: d for r, d in plantillas.items() if r.endswith(".yaml")}
    servicio = cargar({**base, **tipos, **requisitos})
    en_uso = {r: d for r, d in plantillas.items() if Path(r).stem in servicio.tipos}
    en_uso |= {r: d for r, d in requisitos.items() if Path(r).stem in servicio.paquetes}
    return servicio, {**base, **en_uso}


def _quien(servicio: Servicio, correo: str, ahora: datetime) -> str:
    cargos = servicio.con_rol("control_documental")
    candidatas = [p.correo for p in servicio.personas if p.cargo in cargos and p.ejerce(ahora.date())]
    if not candidatas:
        raise ConfiguracionInvalida(
            "nadie ejerce hoy el control documental",
            lugar=rutas.CONFIGURACION,
            esperado=f"una persona con cargo {' o '.join(cargos)} y vigencia a la fecha",
        )
    return correo if correo in candidatas else candidatas[0]


def _listas_vacias(servicio: Servicio) -> dict[str, bytes]:
    """Las listas nacen con sus encabezados, para que se puedan abrir desde el primer día."""
    vacias = {rutas.POR_REGIR: filas.POR_REGIR, rutas.LISTA_EXTERNOS: filas.EXTERNOS}
    vacias |= {rutas.lista_maestra(area): filas.MAESTRA for area in servicio.areas}
    return {ruta: a_csv(Tabla("", "", columnas, ())) for ruta, columnas in vacias.items()}


def crear_documentos(ctx: Contexto, documentos: Mapping[str, tuple[bytes, bytes]]) -> tuple[str, ...]:
    """Crea, por actos como cualquier otro, los documentos con que parte el servicio. Devuelve sus códigos.

    Se omite el que nombra un área o un papel que este servicio no usa. El procedimiento de control de
    documentos toma sus datos de las reglas del propio servicio.
    """
    servicio = ctx.vista().servicio
    creados = []
    for codigo, (identidad_yaml, propios) in documentos.items():
        identidad = leer_yaml(identidad_yaml, f"{codigo}/identidad.yaml")[0]
        nuevo = _nuevo(servicio, codigo, identidad)
        if nuevo is None:
            continue
        if identidad["titulo"] == TITULO:
            de_reglas = fuente(servicio)
        else:
            de_reglas = Fuente(_con_sus_series(servicio, nuevo.area, propios), {})
        datos = Adjunto(f"{codigo}.yaml", de_reglas.datos)
        creados.append(crear(ctx, nuevo, Peticion(extra=de_reglas.extra), datos=datos).codigo)
    return tuple(creados)


def _con_sus_series(servicio: Servicio, area: str, propios: bytes) -> bytes:
    """Los datos con los registros del catálogo de este servicio; los mismos bytes si ya calzan."""
    datos = leer_yaml(propios, area)[0]
    escritas = datos.get("registros") or []
    filas_ = registros_al_dia(servicio, area, escritas)
    if not escritas or filas_ == escritas:
        return propios
    nota = "Datos de partida, con los registros que el catálogo del Servicio tiene."
    return escribir(nota, [Parte(c, v) for c, v in {**datos, "registros": filas_}.items()])


def _nuevo(servicio: Servicio, codigo: str, identidad: Mapping[str, Any]) -> Nuevo | None:
    """El documento de partida con los nombres de este servicio; None si no le corresponde."""
    papeles = [identidad["elabora"], identidad["aprueba"], identidad["responsable"], *identidad["revisa"]]
    if identidad["area"] not in servicio.areas or not all(servicio.con_rol(p) for p in papeles):
        return None
    tipo = servicio.tipos.get(identidad["tipo"])
    calza = servicio.mascara.leer(codigo)
    return tipo and Nuevo(
        tipo=tipo.id,
        titulo=identidad["titulo"],
        codigo=codigo if calza and calza.tipo == tipo.prefijo else "",
        area=identidad["area"],
        elabora=identidad["elabora"],
        revisa=tuple(identidad["revisa"]),
        aprueba=identidad["aprueba"],
        responsable=identidad["responsable"],
    )
