"""Los actos del sistema sobre sí mismo: configurar, externo y subrogar."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from sgc_gt.config.carga import cargar
from sgc_gt.contexto import Contexto, Vista
from sgc_gt.dominio import rutas
from sgc_gt.dominio.cambio_claves import SOLO_CLAVES, solo_claves_de
from sgc_gt.dominio.configuracion import guardar_configuracion
from sgc_gt.dominio.servicio import Servicio
from sgc_gt.dominio.situacion import situacion
from sgc_gt.dominio.textos import mayuscula
from sgc_gt.errores import ConfiguracionInvalida, Rechazo, UsoIncorrecto
from sgc_gt.ordenes.borrador import NOMBRES, filtros
from sgc_gt.ordenes.carpetas import exigir_fuera_del_servicio
from sgc_gt.ordenes.del_sistema import registrar_del_sistema, simple
from sgc_gt.ordenes.movimiento import comenzar_a_regir
from sgc_gt.ordenes.nueva_version import nueva_version
from sgc_gt.ordenes.pedido import Peticion
from sgc_gt.ordenes.reglas import atrasados
from sgc_gt.ordenes.traidos import por_agregar
from sgc_gt.word.plantilla import Plantilla

MOTIVO = "Cambio de las reglas de control de documentos"
_CARPETAS = {rutas.PLANTILLAS: (".docx", ".yaml"), rutas.REQUISITOS: (".yaml",)}
"""Dónde hay configuración además de sus dos archivos, y de qué clases."""


def subrogar(ctx: Contexto, peticion: Peticion, extra: Mapping[str, Any]) -> str:
    """Registra que un cargo subroga a otro; devuelve el identificador del movimiento en la historia."""
    return simple(ctx, "subrogar", peticion._replace(extra=extra))


def externo(ctx: Contexto, peticion: Peticion, extra: Mapping[str, Any]) -> str:
    """Alta, verificación, reemplazo o baja de un documento externo (ISO 9001:2008 4.2.3 f)."""
    vista = ctx.vista()
    for codigo in extra.get("usado_por", ()):
        vista.ficha(codigo)  # NoEncontrado, con los parecidos, si nunca existió
    return simple(ctx, "externo", peticion._replace(extra=extra))


def configurar(
    ctx: Contexto, peticion: Peticion, trae: Mapping[str, bytes] = {}
) -> tuple[str, tuple[str, ...]]:
    """Registra los cambios hechos en la configuración y las plantillas, validados enteros; y qué avisar.

    `trae` son las plantillas y los requisitos del programa (ruta → bytes): los de un paquete que
    recién se usa se agregan con el mismo acto.
    """
    with ctx.repo.escritura() as escritor:
        comenzar_a_regir(ctx, escritor)
        vista = ctx.vista(escritor.base)
        editados = _editados(ctx, vista)
        nuevo = _validar(vista, editados)
        agregados = por_agregar(nuevo, trae)
        if agregados:
            editados = {**editados, **agregados}
            nuevo = _validar(vista, editados)
        if not editados:
            raise UsoIncorrecto(
                "la configuración no ha cambiado",
                hacer=f"edite {rutas.CONFIGURACION} o {rutas.PLANTILLAS}/ y repita la orden",
            )
        exigir_fuera_del_servicio(ctx.raiz, nuevo.carpetas)
        guardar_configuracion(nuevo, (vista.sistema, *vista.fichas()), ctx.ahora(vista).date())
        resumen = {
            ruta: hashlib.sha256(datos).hexdigest() if datos is not None else None
            for ruta, datos in sorted(editados.items())
        }
        commit = registrar_del_sistema(
            ctx,
            escritor,
            vista,
            "configurar",
            peticion._replace(extra={"archivos": resumen, **_solo_claves(vista.servicio, nuevo, editados)}),
            editados,
            nuevo,
        )
    return commit, (*_contar_agregados(nuevo, agregados), *_poner_al_dia(ctx))


def _contar_agregados(nuevo: Servicio, agregados: Iterable[str]) -> tuple[str, ...]:
    tipos = sorted(t.nombre for t in nuevo.tipos.values() if f"{rutas.PLANTILLAS}/{t.id}.yaml" in agregados)
    return (f"Se agregan los tipos que este servicio comienza a usar: {', '.join(tipos)}.",) if tipos else ()


def _solo_claves(antes: Servicio, nuevo: Servicio, editados: Iterable[str]) -> dict[str, str]:
    """De quién son las claves que cambian, si no cambia nada más: es lo que se admite sin firma."""
    correo = solo_claves_de(antes, nuevo, editados) if antes.firmas_exigidas else ""
    return {SOLO_CLAVES: correo} if correo else {}


def _poner_al_dia(ctx: Contexto) -> tuple[str, ...]:
    """Abre la versión siguiente de los documentos que dicen reglas anteriores; cuenta lo que hizo o falta."""
    vista = ctx.vista()
    hoy = ctx.ahora(vista).date()
    avisos = []
    for ficha in atrasados(vista):
        s = situacion(ficha, hoy)
        if s.abierta or s.por_regir or not s.vigente:
            avisos.append(
                f"{ficha.codigo} dice reglas anteriores: genérelo otra vez (sgc-gt generar {ficha.codigo})."
            )
            continue
        try:
            r = nueva_version(ctx, ficha.codigo, Peticion(motivo=MOTIVO), menor=False)
        except Rechazo as rechazo:  # la configuración ya quedó: negar la orden diría que no se hizo
            avisos.append(
                f"{ficha.codigo} dice reglas anteriores y no se abrió su versión siguiente: "
                f"{rechazo.mensaje}. "
                f"{mayuscula(rechazo.hacer)}; después, ábrala "
                f"(sgc-gt nueva-version {ficha.codigo})."
            )
            continue
        avisos.append(f"{ficha.codigo} decía reglas anteriores: se abrió su versión {r.version}.")
    return tuple(avisos)


def _editados(ctx: Contexto, vista: Vista) -> dict[str, bytes | None]:
    """Los archivos de configuración que en la carpeta difieren de la historia (None: se borró)."""
    conocidos = {**vista.configuracion(), **dict.fromkeys((rutas.CONFIGURACION, rutas.SERIES))}
    en_disco = {
        f"{lugar}/{a.name}"
        for lugar, clases in _CARPETAS.items()
        for a in ((ctx.raiz / lugar).iterdir() if (ctx.raiz / lugar).is_dir() else ())
        if a.suffix in clases and not a.name.startswith(("~$", "."))
    }
    editados: dict[str, bytes | None] = {}
    for ruta in sorted({*conocidos, *en_disco}):
        archivo = ctx.raiz / ruta
        datos = archivo.read_bytes() if archivo.is_file() else None
        if datos != vista.leer(ruta):
            editados[ruta] = datos
    return editados


def _validar(vista: Vista, editados: Mapping[str, bytes | None]) -> Servicio:
    """La configuración que resultaría, leída entera: YAML, referencias y plantillas."""
    actuales = vista.configuracion()
    resultantes = {**{r: vista.leer(r) for r in actuales if r not in editados}, **editados}
    servicio = cargar({r: d for r, d in resultantes.items() if d is not None and r.endswith(".yaml")})
    for tipo in servicio.tipos.values():
        ruta = f"{rutas.PLANTILLAS}/{tipo.id}.docx"
        datos = resultantes.get(ruta)
        if tipo.con_plantilla and datos is None:
            raise UsoIncorrecto(f"falta la plantilla {ruta} del tipo «{tipo.nombre}»")
        # Lo que no cambió ya se revisó al registrarlo: compilar todas costaría segundos por cambio.
        if tipo.con_plantilla and datos is not None and ruta in editados:
            _exigir_nombres(Plantilla.compilar(datos, ruta), servicio)
    return servicio


def _exigir_nombres(plantilla: Plantilla, servicio: Servicio) -> None:
    """Una plantilla solo puede nombrar lo que el sistema le da: así falla hoy y no al generar."""
    ajenos = sorted(plantilla.variables() - NOMBRES) + sorted(plantilla.filtros() - set(filtros(servicio)))
    if ajenos:
        raise ConfiguracionInvalida(
            f"la plantilla usa nombres que no existen: {', '.join(ajenos)}",
            lugar=plantilla.nombre,
            esperado=f"{', '.join(sorted(NOMBRES))}; filtros: {', '.join(filtros(servicio))}",
            hacer="corrija la plantilla en Word y repita la orden",
        )
